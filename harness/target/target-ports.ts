/**
 * Ports for targets are taken below the usual ephemeral range (32768 and up, ip(7)): from that range the kernel takes
 * the local ports of all connecting clients, ours too, and one of them could sit on the port that a target is about
 * to bind.
 */
export const targetPorts = { lowest: 18_000, highest: 30_000 } as const;
