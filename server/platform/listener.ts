import pg from 'pg'

export interface ListenerParts {
  /** A direct address, or a pooler in session mode: LISTEN belongs to one server connection. */
  readonly url: string
  readonly channel: string
  readonly onNotice: (payload: string) => void
  /** Listening again after an interruption: what was said meanwhile was not heard. */
  readonly onBack: () => void
  readonly onTrouble?: (message: string) => void
}
export interface Listener {
  readonly listening: () => boolean
  close(): Promise<void>
}

const [shortest, longest, pulseMs] = [250, 15_000, 30_000]

/** One connection that listens, and comes back by itself when it is cut. */
export const listen = ({ url, channel, onNotice, onBack, onTrouble = () => {} }: ListenerParts): Listener => {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let heard = false
  let wait = shortest

  const again = () => {
    if (closed) return
    timer = setTimeout(() => void open(), wait)
    timer.unref()
    wait = Math.min(wait * 2, longest)
  }
  const open = async () => {
    const mine = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
      application_name: 'campagnes-listen',
    })
    let over = false
    const lose = (error?: Error) => {
      if (over) return
      over = true
      clearInterval(pulse)
      if (client === mine) client = undefined
      mine.end().catch(() => {})
      if (!closed) onTrouble(`listening on ${channel} interrupted${error ? `: ${error.message}` : ''}`)
      again()
    }
    // A connection whose other end vanished says nothing by itself.
    const pulse = setInterval(() => void mine.query('select').catch(lose), pulseMs)
    pulse.unref()
    mine.on('error', lose)
    mine.on('end', () => lose())
    mine.on('notification', ({ payload }) => onNotice(payload ?? ''))
    try {
      await mine.connect()
      await mine.query(`listen ${pg.escapeIdentifier(channel)}`)
      const { rowCount } = await mine.query('select from pg_listening_channels() c where c = $1', [channel])
      if (!rowCount)
        throw new Error(
          'the pooler gives each transaction another connection; give DATABASE_LISTEN_URL a direct address, or session mode',
        )
      if (closed) return void mine.end().catch(() => {})
      client = mine
      wait = shortest
      if (heard) onBack()
      heard = true
    } catch (error) {
      heard = true
      lose(error as Error)
    }
  }
  void open()
  return {
    listening: () => client !== undefined,
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
