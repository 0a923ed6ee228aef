import { job } from '../../platform/job.ts'

/** Every ten minutes: the identity tokens of sessions that are over. */
export const forgetIdentityTokens = job('forget-identity-tokens', {
  cron: '*/10 * * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const { rows } = await withPgClient(client =>
      client.query<{ forgotten: number }>('select ctx.forget_identity_tokens() as forgotten'),
    )
    if (rows[0]!.forgotten > 0) logger.info(`identity tokens of sessions over, forgotten: ${rows[0]!.forgotten}`)
  },
})

/**
 * Every night: sessions long over, the replies kept under idempotency keys for a day, and what attempts and one-time
 * links left.
 */
export const purgeExpired = job('purge-expired', {
  cron: '15 3 * * *',
  run: async (_payload, { withPgClient, logger }) => {
    const { rows } = await withPgClient(client =>
      client.query<{ purged: unknown }>('select ctx.purge_expired() as purged'),
    )
    const signIn = await withPgClient(client =>
      client.query<{ purged: unknown }>('select ctx.purge_sign_in() as purged'),
    )
    logger.info(`purged ${JSON.stringify(rows[0]?.purged)} ${JSON.stringify(signIn.rows[0]?.purged)}`)
  },
})
