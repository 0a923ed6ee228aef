import { sql } from 'kysely'
import { type PersonMail, tellPerson } from '../../notifications/tell.ts'
import { type JobsOf, job, type Work } from '../../platform/job.ts'
import { warn } from '../identity/factor-mails.ts'

/**
 * Tells each person who chose a password by a link (IDN-3): somebody else may have opened it.
 * The notice and its mail are written together. Answers how many.
 */
export const tellChosen = async (work: Work): Promise<number> => {
  const chosen = await work.db.all(sql<{ account: string }>`select account from ctx.passwords_to_tell() p (account)`)
  for (const { account } of chosen) await tellPerson(work.db, chosenMail(account), work)
  return chosen.length
}
const chosenMail = (accountId: string): PersonMail => ({
  kind: 'password-chosen',
  to: { accountId },
  subject: 'Votre mot de passe a été choisi',
  why: 'le mot de passe de votre compte vient d’être choisi',
  path: '/connexion',
  text: `Le mot de passe de votre compte vient d’être choisi, par le lien qui vous avait été envoyé. Les sessions ouvertes avec le mot de passe d’avant sont closes. Si ce n’est pas vous, ${warn}.`,
})

export const tellChosenEveryMinute = job('tell-passwords-chosen', {
  cron: '* * * * *',
  run: async ({ log, ...work }) => {
    const told = await tellChosen(work)
    if (told > 0) log.info(`passwords chosen by a link, people told: ${told}`)
  },
})

export const jobs: JobsOf = () => [tellChosenEveryMinute]
