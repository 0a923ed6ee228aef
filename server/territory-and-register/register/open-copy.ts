import { once } from 'node:events'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** A COPY under way: it is fed no faster than the server takes it, and a failure of the server is said where one waits. */
export const openCopy = (owner: pg.ClientBase, copySql: string) => {
  const stream = owner.query(copyFrom(copySql))
  const failed = new Promise<never>((_, no) => stream.once('error', no))
  failed.catch(() => {})
  return {
    write: async (bytes: Buffer) => {
      if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), failed])
    },
    end: async () => {
      const finished = once(stream, 'finish')
      stream.end()
      await Promise.race([finished, failed])
    },
    abandon: () => {
      stream.on('error', () => {}).destroy()
    },
  }
}
