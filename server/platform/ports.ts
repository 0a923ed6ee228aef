import { createServer } from 'node:net'

const listensOn = (port: number, host: string) =>
  new Promise<number | NodeJS.ErrnoException>(resolve => {
    const probe = createServer()
      .once('error', resolve)
      .once('listening', () => {
        const { port: got } = probe.address() as { port: number }
        probe.close(() => resolve(got))
      })
    probe.listen(port, host)
  })
const isFree = async (port: number, host: string) => {
  if (typeof (await listensOn(port, host)) !== 'number') return false
  // A browser may take « localhost » for ::1, and would meet whoever listens there.
  const other = host === '127.0.0.1' || host === 'localhost' ? await listensOn(port, '::1') : port
  return typeof other === 'number' || other.code !== 'EADDRINUSE'
}

/** Below the ports that systems give to outgoing connections: one of those may go between its choice and its use. */
const [first, lanes, inLane] = [12_000, 250, 80]
/**
 * Processes that choose at once each have their own lane; those far apart that share one begin at other places of it:
 * neither takes what the other has chosen and does not use yet.
 */
export const laneOf = (pid: number): { readonly from: number; readonly at: number } => ({
  from: first + (pid % lanes) * inLane,
  at: (Math.floor(pid / lanes) * 13) % inLane,
})
const { from: lane, at } = laneOf(process.pid)
let tried = at

/** A port nobody listens on, to be used later: not the last ones given here, nor those other processes are given. */
export const freePort = async (host = '127.0.0.1'): Promise<number> => {
  for (let left = inLane; left > 0; left--) {
    const port = lane + (tried++ % inLane)
    if (await isFree(port, host)) return port
  }
  const got = await listensOn(0, host)
  if (typeof got !== 'number') throw got
  return got
}

/** The wanted port, or the next free one of the twenty that follow, or any. */
export const freePortFrom = async (wanted: number, host = '127.0.0.1'): Promise<number> => {
  for (let port = wanted; port < wanted + 20 && port < 65536; port++) if (await isFree(port, host)) return port
  return freePort(host)
}
