import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

/** The EICAR test file, in parts: the repository holds nothing that an antivirus would take away. */
export const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS', '-TEST-FILE!$H+H*'].join('')

export interface Clamd {
  readonly address: string
  /** What it was given to read, whole. */
  readonly files: Buffer[]
  /** How it behaves from now on. */
  manner: 'reads' | 'stays-silent' | 'says-nothing' | 'hangs-up' | 'finds-too-large' | 'babbles'
  close(): Promise<void>
}
/** A small antivirus that speaks the protocol of clamd over TCP (PING, INSTREAM), and knows EICAR alone. */
export const openClamd = async (): Promise<Clamd> => {
  const sockets = new Set<Socket>()
  const clamd: Clamd = {
    address: '',
    files: [],
    manner: 'reads',
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    if (clamd.manner === 'hangs-up') return socket.destroy()
    const came: Buffer[] = []
    socket.on('data', (more: Buffer) => {
      came.push(more)
      if (clamd.manner === 'stays-silent') return
      if (clamd.manner === 'says-nothing') return socket.end('\0')
      if (clamd.manner === 'babbles') return socket.write('x'.repeat(20_000))
      if (came[0]!.equals(Buffer.from('zPING\0'))) return socket.end('PONG\0')
      if (clamd.manner === 'finds-too-large') return socket.end('INSTREAM size limit exceeded. ERROR\0')
      const file = more.at(-1) === 0 ? streamed(Buffer.concat(came)) : undefined
      if (!file) return
      clamd.files.push(file)
      socket.end(file.includes(eicar) ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return Object.assign(clamd, { address: `tcp://127.0.0.1:${port}` })
}

/** The file between `zINSTREAM` and the piece of no length; undefined while it comes. */
const streamed = (said: Buffer): Buffer | undefined => {
  const command = 'zINSTREAM\0'
  if (said.subarray(0, command.length).toString() !== command) return undefined
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= said.length; ) {
    const length = said.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    pieces.push(said.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
