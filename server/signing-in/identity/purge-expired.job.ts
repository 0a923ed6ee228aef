import { sql } from 'kysely'
import { type JobsOf, job } from '../../platform/job.ts'

/** Every ten minutes: the identity tokens of sessions that are over. */
export const forgetIdentityTokens = job('forget-identity-tokens', {
  cron: '*/10 * * * *',
  run: async ({ db, log }) => {
    const { forgotten } = (await db.first(
      sql<{ forgotten: number }>`select ctx.forget_identity_tokens() as forgotten`,
    ))!
    if (forgotten > 0) log.info(`identity tokens of sessions over, forgotten: ${forgotten}`)
  },
})

/**
 * Every night: sessions long over, the replies kept under idempotency keys for a day, and what attempts and one-time
 * links left.
 */
export const purgeExpired = job('purge-expired', {
  cron: '15 3 * * *',
  run: async ({ db, log }) => {
    const { sessions, signIn } = (await db.first(
      sql<{
        sessions: unknown
        signIn: unknown
      }>`select ctx.purge_expired() as sessions, ctx.purge_sign_in() as sign_in`,
    ))!
    log.info(`purged ${JSON.stringify(sessions)} ${JSON.stringify(signIn)}`)
  },
})

export const jobs: JobsOf = () => [purgeExpired, forgetIdentityTokens]
