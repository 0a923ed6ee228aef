import pg from 'pg'
import { within } from '../platform/job.ts'
import { openHouse, type Person } from '../testing/house.ts'
import { notifications } from './index.ts'
import type { PersonKind } from './recipient-rules.ts'
import { tellDigest } from './send-digests.job.ts'
import { type PersonMail, tellPerson } from './tell.ts'
import { openMailbox, testUnsubscribes } from './testing-smtp.ts'
import { unsubscribeRoute } from './unsubscribe-route.ts'

/** A Monday, at nine in Paris. */
const monday = '2027-01-11T08:00:00Z'

/** A house where people are told of things, its worker and a mail server. */
export const openWorld = async () => {
  const house = await openHouse(notifications, {
    clock: () => new Date(monday),
    exceptions: database => [unsubscribeRoute({ database, unsubscribes: testUnsubscribes() })],
  })
  const mailbox = await openMailbox()
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  const own = await house.organisation()
  const mail = (who: Person, kind: PersonKind, over: Partial<PersonMail> = {}): PersonMail => ({
    kind,
    to: { accountId: who.id },
    subject: 'Votre besoin est pris en charge',
    text: 'La structure a pris en charge un besoin que vous suivez.',
    why: 'vous suivez ce besoin',
    path: '/mes-vues',
    ...over,
  })
  return {
    house,
    mailbox,
    worker,
    own,
    /** As a job tells, at that instant. */
    tell: (who: Person, kind: PersonKind, over: Partial<PersonMail> = {}, now = new Date(monday)) =>
      within(worker)(work => tellPerson(work.db, mail(who, kind, over), { ...work, now })),
    /** The digest of this person, as the worker makes it at that instant. */
    digest: (who: Person, now: string, client: pg.ClientBase = worker) =>
      within(client)(work => tellDigest(who.id)({ ...work, now: new Date(now) })),
    choose: (who: Person, ...choices: (readonly [kind: string, delivery: string])[]) =>
      house.call(who, 'PUT', '/notification-choices', {
        choices: choices.map(([kind, delivery]) => ({ kind, delivery })),
      }),
    list: async (who: Person, query = '') => (await house.call(who, 'GET', `/notifications${query}`)).body,
    mails: async (who: Person) =>
      (
        await house.owner.query<{ id: string; kind: string; subject: string; body: string }>(
          'select id, kind, subject, body from mails where to_account_id = $1 order by created_at, id',
          [who.id],
        )
      ).rows,
    close: async () => {
      await worker.end()
      await mailbox.close()
      await house.close()
    },
  }
}
export type NotificationWorld = Awaited<ReturnType<typeof openWorld>>
