export const { log, warn } = console;

export function elapsed(since: bigint): number {
  return Number(process.hrtime.bigint() - since) / 1e6;
}
