import { readFileSync } from 'node:fs';

/**
 * Settings of a network namespace that a server's behaviour may hang on, and that a new one has from the kernel's
 * defaults and not from the namespace that it is made in: how many connections wait, what a port may be bound by.
 */
const settings = [
  'core/somaxconn',
  'ipv4/tcp_max_syn_backlog',
  'ipv4/tcp_max_tw_buckets',
  'ipv4/tcp_tw_reuse',
  'ipv4/tcp_fin_timeout',
  'ipv4/tcp_abort_on_overflow',
  'ipv4/tcp_syncookies',
  'ipv4/tcp_keepalive_time',
  'ipv4/tcp_rmem',
  'ipv4/tcp_wmem',
  'ipv4/ip_local_port_range',
  'ipv4/ip_unprivileged_port_start',
  'ipv4/ip_nonlocal_bind',
  'ipv6/bindv6only',
  'ipv6/conf/lo/disable_ipv6',
] as const;

/**
 * The kernel looks through as many buckets for /proc/PID/net/tcp as its table has, 262144 on a common machine, which
 * takes 5 ms; a namespace may have a table of its own (net.ipv4.tcp_child_ehash_entries, since Linux 6.1), and with so
 * many buckets a look takes a tenth of a millisecond. The size is set one namespace further out.
 */
const buckets = 4096;

/** What can switch the loopback interface on; perl-base is in every Debian, busybox in every Alpine. */
const switchOn = [
  'ip link set lo up',
  'busybox ip link set lo up',
  'ifconfig lo up',
  // SIOCGIFFLAGS, SIOCSIFFLAGS and IFF_UP of netdevice(7).
  `perl -e 'socket(S,2,2,0) or die; $r=pack("a16sx22","lo",0); ioctl(S,0x8913,$r) or die; (undef,$f)=unpack("a16s",$r); $r=pack("a16sx22","lo",$f|1); ioctl(S,0x8914,$r) or die'`,
  `python3 -c 'import fcntl,socket,struct; fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh22x", b"lo", 0x49))'`,
] as const;

export const noLoopback =
  'nothing here can switch its loopback interface on (Debian: apt-get install iproute2)';

/** An ordinary user needs a user namespace for it, in which nobody but that user is known. */
export interface NamespaceKind {
  readonly inUserNamespace: boolean;
}

/**
 * A command that runs another one in a network namespace of its own, whose loopback interface is on and whose settings
 * are those of this one. Where that cannot be done it says why in its last line of standard error, and exits with 1.
 */
export function namespaceWords({ inUserNamespace }: NamespaceKind, command: readonly string[]): string[] {
  const user = inUserNamespace ? '--user --map-current-user --keep-caps ' : '';
  // Each shell becomes the next program, so all of it is one process, which ends as the last one does.
  const outer = `exec unshare ${user}--net -- sh -c '{ echo ${buckets} >/proc/sys/net/ipv4/tcp_child_ehash_entries; } 2>/dev/null; exec unshare --net -- sh -c "$@"' sh "$@"`;
  const on = switchOn.join(' || ');
  const inner = [
    // What an ordinary user's PATH lacks is lent to these programs only.
    `( PATH="$PATH:/usr/sbin:/sbin"; ${on} ) 2>/dev/null || { echo '${noLoopback}' >&2; exit 1; }`,
    ...settings.flatMap((name) => adopt(name, inUserNamespace)),
    'exec "$@"',
  ].join('\n');
  return ['/bin/sh', '-c', outer, 'sh', inner, 'sh', ...command];
}

/** What stands before a command that is to run in the namespaces of a process. The command keeps its pid. */
export function enterWords(nsenter: string, { inUserNamespace }: NamespaceKind, pid: number): string[] {
  const user = inUserNamespace ? [`--user=/proc/${pid}/ns/user`, '--preserve-credentials'] : [];
  return [nsenter, ...user, `--net=/proc/${pid}/ns/net`, '--'];
}

/** Gives a setting the value that it has out here. One that a namespace has not is everybody's, but from a user namespace some are hidden. */
function adopt(name: (typeof settings)[number], inUserNamespace: boolean): string[] {
  const path = `/proc/sys/net/${name}`;
  const wanted = settingIn(path);
  if (wanted === undefined) return [];
  const missing = inUserNamespace ? '' : `[ ! -e ${path} ] || `;
  const problem = `net.${name.replaceAll('/', '.')} cannot be made what it is outside`;
  return [
    `{ ${missing}{ read -r is <${path} && [ "$is" = '${wanted}' ]; } || echo '${wanted}' >${path}; } 2>/dev/null || { echo '${problem}' >&2; exit 1; }`,
  ];
}

/** Numbers, with tabs between them. */
function settingIn(path: string): string | undefined {
  try {
    const value = readFileSync(path, 'latin1').trim();
    return /^[\d\t -]+$/.test(value) ? value : undefined;
  } catch {
    return undefined; // this kernel has no such setting
  }
}
