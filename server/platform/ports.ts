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

/** A port nobody listens on, as the system gives it. */
export const freePort = async (host = '127.0.0.1'): Promise<number> => {
  const got = await listensOn(0, host)
  if (typeof got !== 'number') throw got
  return got
}

/** The wanted port, or the next free one of the twenty that follow, or any. */
export const freePortFrom = async (wanted: number, host = '127.0.0.1'): Promise<number> => {
  for (let port = wanted; port < wanted + 20 && port < 65536; port++) if (await isFree(port, host)) return port
  return freePort(host)
}
