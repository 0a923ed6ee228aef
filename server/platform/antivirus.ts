import { createConnection, type Socket } from 'node:net'

/** The antivirus cannot be reached, does not answer, or says that it could not read the file. */
export class AntivirusSilent extends Error {}

export interface Scan {
  write(bytes: Buffer): Promise<void>
  /** The name of what it recognised; null: nothing. Throws AntivirusSilent. */
  verdict(): Promise<string | null>
  /** Leaves it there, whatever came of it. */
  close(): void
}
export interface Antivirus {
  scan(): Scan
  answers(): Promise<boolean>
}

/**
 * An antivirus that speaks the protocol of clamd: `tcp://127.0.0.1:3310`, or `unix:/run/clamav/clamd.ctl`.
 * A file goes to it by pieces (INSTREAM): no disk is shared. `withinMs`: how long it may stay silent.
 */
export const clamd = (address: string, { withinMs = 30_000 } = {}): Antivirus => ({
  scan: () => {
    const line = ask(address, 'zINSTREAM\0', withinMs)
    return {
      write: async bytes => {
        const length = Buffer.alloc(4)
        length.writeUInt32BE(bytes.length)
        await line.send(Buffer.concat([length, bytes]))
      },
      verdict: async () => {
        await line.send(Buffer.alloc(4))
        const said = await line.answer
        const infected = /^stream: (.+) FOUND$/.exec(said)?.[1]
        if (infected === undefined && said !== 'stream: OK') throw new AntivirusSilent(said.slice(0, 200))
        return infected?.slice(0, 100) ?? null
      },
      close: line.close,
    }
  },
  answers: async () => {
    const line = ask(address, 'zPING\0', Math.min(withinMs, 1_000))
    return line.answer
      .then(said => said === 'PONG')
      .catch(() => false)
      .finally(line.close)
  },
})

const connect = (address: string): Socket => {
  const { protocol, hostname, port, pathname } = new URL(address)
  return protocol === 'unix:'
    ? createConnection(decodeURIComponent(pathname))
    : createConnection({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) })
}

/** One question, and what is answered up to its NUL. */
const ask = (address: string, command: string, withinMs: number) => {
  const socket = connect(address)
  const silent = (why: string) => socket.destroy(new AntivirusSilent(why))
  socket.setTimeout(withinMs, () => silent(`nothing for ${withinMs} ms`))
  let said = ''
  const answer = new Promise<string>((yes, no) => {
    socket.setEncoding('utf8').on('data', (more: string) => {
      said += more
      const end = said.indexOf('\0')
      if (end >= 0) yes(said.slice(0, end))
      else if (said.length > 10_000) silent('an endless answer')
    })
    // By its code: the message names the address, and the trail is read by whoever sent the file.
    socket.on('error', (error: NodeJS.ErrnoException) =>
      no(error instanceof AntivirusSilent ? error : new AntivirusSilent(error.code ?? 'unreachable')),
    )
    socket.on('close', () => no(new AntivirusSilent('it left without an answer')))
  })
  answer.catch(() => {}) // whoever closes it does not wait for it
  socket.write(command)
  return {
    answer,
    /** What it says before the end, such as « too large », comes with the verdict: sending on is no fault. */
    send: async (bytes: Buffer) => {
      if (socket.destroyed || said !== '') return
      const left = new Promise<void>(yes => socket.write(bytes, () => yes()))
      await Promise.race([left, answer]).catch(() => {})
    },
    close: () => {
      socket.destroy()
    },
  }
}
