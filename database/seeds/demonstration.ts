/**
 * Whether the demonstration is laid, before all that lays it is read: at every start but the first there is nothing to
 * do.
 */
import pg from 'pg'

interface Installation {
  readonly ownerUrl: string
  readonly webUrl: string
  /** Beside the data, the keys under which it is written. */
  readonly dataDir: string
}
/** Lays the demonstration where it is not yet; answers whether there was anything to do. */
const seed = async (installation: Installation): Promise<boolean> => {
  const owner = new pg.Client(installation.ownerUrl)
  await owner.connect()
  try {
    const {
      rows: [done],
    } = await owner.query(
      "select exists (select from audit_entries where action = 'demonstration.laid') as laid, exists (select from organisations) as begun",
    )
    if (done.laid) return false
    const { lay } = await import('./lay.ts')
    await lay(owner, { ...installation, begun: done.begun })
    return true
  } finally {
    await owner.end()
  }
}

// The launcher runs this file apart and hands over the addresses, which hold passwords, by message.
if (import.meta.main && process.send) {
  process.once('disconnect', () => process.exit())
  process.once('message', async (installation: Installation) => {
    process.send!({ laid: await seed(installation) })
    process.disconnect()
  })
}
