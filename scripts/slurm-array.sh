#!/usr/bin/env bash
# Plays the demo as an array of three jobs of a real Slurm, merges their reports, and compares them with those of the
# whole suite. The cluster has one node, this machine: its daemons run as root from a temporary folder, listen on loopback
# alone, and are ended with the script. It needs Debian's slurm-wlm and munge, and takes some minutes: npm run slurm
set -euo pipefail
cd "$(dirname "$0")/.."
cli=$PWD/dist/harness/cli.js
[ "$(id -u)" = 0 ] || { echo 'slurm-array: root is needed, to run the daemons of Slurm' >&2; exit 2; }
for program in munged slurmctld slurmd sbatch sinfo; do
  PATH=$PATH:/usr/sbin command -v "$program" >/dev/null ||
    { echo "slurm-array: $program is missing: apt-get install slurm-wlm munge" >&2; exit 2; }
done
export PATH=$PATH:/usr/sbin

folder=$(mktemp -d /tmp/slurm-array.XXXXXX)
chmod 755 "$folder"
pids=()
finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  rm -rf "$folder"
}
trap finish EXIT

mkdir -p "$folder"/{munge,state,spool,out}
chmod 700 "$folder/munge"
dd if=/dev/urandom of="$folder/munge/key" bs=128 count=1 status=none
chmod 400 "$folder/munge/key"
munged --foreground --force --num-threads 2 --key-file "$folder/munge/key" --socket "$folder/munge.socket" \
  --pid-file "$folder/munge/pid" --log-file "$folder/munge/log" --seed-file "$folder/munge/seed" 2>"$folder/munge.err" &
pids+=($!)

port=$((20000 + RANDOM % 10000))
cat >"$folder/slurm.conf" <<CONF
ClusterName=one
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
CryptoType=crypto/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=localhost NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=localhost Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF=$folder/slurm.conf
slurmctld -D -c 2>"$folder/slurmctld.err" & pids+=($!)
slurmd -D -N localhost 2>"$folder/slurmd.err" & pids+=($!)
for _ in $(seq 100); do
  [ "$(sinfo -h -o %T 2>/dev/null)" = idle ] && break
  sleep 0.3
done
if [ "$(sinfo -h -o %T 2>/dev/null)" != idle ]; then
  echo 'slurm-array: the cluster did not come up:' >&2
  tail -n 20 "$folder"/*.err "$folder"/*.log >&2
  exit 1
fi
echo "cluster: Slurm $(sinfo --version | cut -d' ' -f2), node $(sinfo -h -o '%N %T %c CPUs')"

# What happens to be measured differs from play to play; what is compared must not.
options=(demo --quiet --seed 7 "$@")
array=$folder/array.sh
{
  echo '#!/bin/bash'
  printf 'node %q' "$cli"
  printf ' %q' "${options[@]}"
  # shellcheck disable=SC2016
  printf ' --shard auto --json %q/shard-${SLURM_ARRAY_TASK_ID}.json\n' "$folder/out"
} >"$array"
echo 'array of 3:'
sbatch --wait --array=1-3 --chdir="$folder" --output="$folder/out/job-%a.log" "$array" && status=0 || status=$?
tail -n 1 "$folder"/out/job-*.log
echo "sbatch: exit status $status"
[ "$status" = 0 ]

echo 'merged:'
node "$cli" merge --quiet --json "$folder/merged.json" "$folder"/out/shard-*.json
echo 'merged without the second (has to be refused):'
node "$cli" merge "$folder"/out/shard-[13].json && exit 1 || [ $? = 2 ]
echo 'the whole:'
node "$cli" "${options[@]}" --json "$folder/whole.json"

node --input-type=module - "$folder/merged.json" "$folder/whole.json" <<'JS'
import { readFileSync } from 'node:fs';
const [merged, whole] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')));
const ids = (list) => list.map(({ id }) => id).join('\n');
const problems = [];
if (ids(merged.runs) !== ids(whole.runs)) problems.push('the runs are not the same, in the same order');
if (ids(merged.verdicts) !== ids(whole.verdicts)) problems.push('the verdicts are not on the same');
if (merged.outcome !== whole.outcome) problems.push(`the outcome is ${merged.outcome}, not ${whole.outcome}`);
const others = whole.verdicts.filter(({ outcome }, place) => outcome !== merged.verdicts[place]?.outcome);
for (const { id, outcome } of others)
  console.log(`differs: ${id}: ${outcome} in the whole, ${merged.verdicts.find((one) => one.id === id)?.outcome} merged`);
console.log(`${merged.runs.length} runs, ${merged.verdicts.length} verdicts, ${others.length} of them differ; ${merged.outcome}`);
for (const problem of problems) console.error(`slurm-array: ${problem}`);
process.exitCode = problems.length > 0 ? 1 : 0;
JS
