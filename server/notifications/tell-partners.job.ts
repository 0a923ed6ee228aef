import { type JobsOf, jobInSteps, type Work } from '../platform/job.ts'
import { nextToTell, noteTold } from './announcements.queries.ts'
import { tellRoles } from './tell.ts'

/** Each part is one transaction: killed in the middle, the next run goes on after the last that was told. */
const part = 100

/** Writes to the next partners concerned by the oldest announcement. False: nothing is left to tell. */
export const tellNextPartners = async (work: Work): Promise<boolean> => {
  const next = await nextToTell(work.db, part)
  const announcement = next[0]
  if (!announcement) return false
  const { kind, subject, text, path, aboutKind, aboutId } = announcement
  let mails = 0
  let last: string | null = null
  for (const { conventionId, organisationId, regionId } of next) {
    if (conventionId === null || organisationId === null || regionId === null) break
    const told = await tellRoles(
      work.db,
      { organisationId, regionId, party: 'partenaire', but: [announcement.announcedBy] },
      {
        kind,
        subject,
        text,
        path: path ?? `/conventions/${conventionId}`,
        about: aboutKind && aboutId ? [aboutKind, aboutId] : ['convention', conventionId],
      },
      work,
    )
    mails += told.mails
    last = conventionId
  }
  await noteTold(work.db, announcement.announcementId, last, mails)
  return true
}

/** Every minute: the partners that an announcement of the operator's concerns. */
export const tellPartnersEveryMinute = jobInSteps('tell-partners', {
  cron: '* * * * *',
  run: async ({ within, signal }) => {
    while (!signal?.aborted && (await within(tellNextPartners)));
  },
})

export const jobs: JobsOf = () => [tellPartnersEveryMinute]
