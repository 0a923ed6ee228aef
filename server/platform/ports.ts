import { createServer } from 'node:net'

const listensOn = (port: number, host: string) => new Promise<number | undefined>(resolve => {
  const probe = createServer().once('error', () => resolve(undefined)).once('listening', () => {
    const { port: got } = probe.address() as { port: number }
    probe.close(() => resolve(got))
  })
  probe.listen(port, host)
})

/** A port nobody listens on, as the system gives it. */
export const freePort = async (host = '127.0.0.1'): Promise<number> => (await listensOn(0, host))!

/** The wanted port, or the next free one of the twenty that follow, or any. */
export const freePortFrom = async (wanted: number, host = '127.0.0.1'): Promise<number> => {
  for (let port = wanted; port < wanted + 20 && port < 65536; port++) if ((await listensOn(port, host)) !== undefined) return port
  return freePort(host)
}
