import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, afterEach, before, test } from 'node:test'
import { Logger, runMigrations, runOnce } from 'graphile-worker'
import pg from 'pg'
import { dbOver, openDatabase } from '../platform/database.ts'
import { uuidv7 } from '../platform/ids.ts'
import { within } from '../platform/job.ts'
import { tokenHash } from '../platform/session-cookie.ts'
import { temporaryFolder } from '../testing/folder.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { failureCode, isForGood, mailText, withoutLinks } from './mail-text-rules.ts'
import { purgeMails, requeueMails } from './mails.queries.ts'
import { openPost } from './post.ts'
import { type Mail, queueMail } from './queue-mail.ts'
import { sendMail, sendMailJob } from './send-mail.job.ts'
import { deliverMails, type Mailbox, openMailbox, readMail, testUnsubscribes } from './testing-smtp.ts'

let house: House
let mailbox: Mailbox
let worker: pg.Client
let claire: Person
const quiet = new Logger(() => () => {})
const frame = (publicUrl = 'http://localhost') => ({ publicUrl, unsubscribes: testUnsubscribes(publicUrl) })
const means = () => ({ newId: uuidv7, now: new Date() })
const aMail = (over: Partial<Mail> = {}): Mail => ({
  kind: 'essai',
  to: { accountId: claire.id },
  subject: 'Une demande d’habilitation vous attend',
  text: 'Une demande d’habilitation a été déposée le 25 novembre 2026.\n\nElle attend votre décision.',
  why: 'vous gérez les comptes de votre structure',
  ...over,
})
const hash = (who: Person) => tokenHash(who.cookie.slice('session='.length))
const rows = async (): Promise<any[]> => (await house.owner.query('select * from mails order by created_at, id')).rows
/** As an action does: in its own transaction, under the context of who acts. */
const queued = (mail: Mail, who: Person = claire) =>
  house.database.transaction(async tx => {
    await tx.enter(hash(who))
    return queueMail(tx, mail, means())
  })
const byJob = async (mail: Mail): Promise<string> => {
  const database = openDatabase(house.urls.workerUrl, { connections: 1 })
  try {
    return await queueMail(database, mail, means())
  } finally {
    await database.close()
  }
}

before(async () => {
  house = await openHouse([])
  mailbox = await openMailbox()
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  claire = await house.person((await house.organisation()).id)
})
after(async () => {
  await worker.end()
  await mailbox.close()
  await house.close()
})
afterEach(async () => {
  await house.owner.query('delete from mails')
  mailbox.mails.length = 0
})

test('a mail queued in an action leaves whole: accents, frame, why, identifier of its row', async () => {
  const id = await queued(aMail({ path: '/habilitations' }))
  const [mail] = await deliverMails(house, mailbox)
  const {
    rows: [{ email }],
  } = await house.owner.query('select email from account_contacts where account_id = $1', [claire.id])
  assert.deepEqual(mail!.to, [email])
  assert.equal(mail!.subject, 'Une demande d’habilitation vous attend')
  assert.equal(mail!.messageId, `<${id}@localhost>`)
  assert.match(mail!.headers.from!, /Campagnes coordonnées.*<ne-pas-repondre@campagnes\.example>/)
  assert.equal(mail!.headers['auto-submitted'], 'auto-generated')
  assert.match(mail!.headers['content-type']!, /^text\/plain; charset=utf-8/)
  assert.match(mail!.text, /^Bonjour,\n\nUne demande d’habilitation a été déposée/)
  assert.match(mail!.text, /http:\/\/localhost\/habilitations\n/)
  assert.match(mail!.text, /Vous recevez ce message parce que vous gérez les comptes de votre structure\./)
  const [row] = await rows()
  assert.ok(row.sent_at && row.attempts === 1 && row.queued_by === claire.id && row.last_error === null)
})

test('undone with its transaction, a mail never leaves', async () => {
  const tx = await house.database.begin()
  await tx.enter(hash(claire))
  await queueMail(tx, aMail(), means())
  await tx.rollback()
  assert.deepEqual(await deliverMails(house, mailbox), [])
})

test('to an address without account, from a job of the worker', async () => {
  await byJob(aMail({ to: { address: ' Contact.Protection@Partenaire.example ' } }))
  assert.deepEqual(
    (await deliverMails(house, mailbox)).map(m => m.to),
    [['contact.protection@partenaire.example']],
  )
  assert.equal((await rows())[0].queued_by, null)
})

test('SEC-6: without a session nothing is queued, nor in another’s name, nor said to be sent; and the application reads no mail back', async () => {
  await assert.rejects(queueMail(house.database, aMail(), means()), { code: '42501' })
  const other = await house.person(claire.organisationId)
  for (const [columns, values] of [
    ['queued_by', `'${other.id}'`],
    ['sent_at', 'now()'],
    ['attempts', '3'],
  ]) {
    const tx = await house.database.begin()
    await tx.enter(hash(claire))
    const text = `insert into mails (id, to_account_id, subject, body, why, kind, created_at, ${columns})
      values ('${uuidv7()}', '${claire.id}', 'x', 'x', 'x', 'x', now(), ${values})`
    await assert.rejects(
      tx.run({ compile: () => ({ sql: text, parameters: [] }) } as never),
      { code: '42501' },
      columns,
    )
    await tx.rollback()
  }
  const web = new pg.Client(house.urls.webUrl)
  await web.connect()
  await assert.rejects(web.query('select subject from mails'), { code: '42501' })
  await web.end()
})

test('SEC-6, AGR-9: nothing leaves in the service’s name to an address that it does not know, nor before who leaves has left', async () => {
  const { organisationId } = claire
  const [gone, contact] = ['partie@partenaire.example', 'dpd.annexe@partenaire.example']
  const departed = await house.person(organisationId)
  const leave = (at: string) =>
    house.owner.query(
      `insert into departed_people (account_id, organisation_id, given_name, family_name, email, function, cause, reason, left_at, recorded_by)
        values ($1, $2, 'Partie', 'Exemple', $3, '', 'departure', 'Essai', now() - $4::interval, $1)
        on conflict (account_id) do update set left_at = excluded.left_at`,
      [departed.id, organisationId, gone, at],
    )
  const name = (ends: string | null) =>
    house.owner.query(
      `insert into convention_contacts (id, organisation_id, party, role, name, email, starts_at, ends_at)
        values ($1, $2, 'partenaire', 'dpd', 'Nom', $3, now() - interval '1 year', now() - $4::interval)`,
      [uuidv7(), organisationId, contact.replace('dpd', 'DPD'), ends],
    )
  const leaves = (address: string) =>
    queued(aMail({ to: { address } })).then(
      () => true,
      ({ code }) => assert.equal(code, '42501') ?? false,
    )
  assert.equal(await leaves('inconnue@ailleurs.example'), false)
  assert.deepEqual([await leaves(gone), await leaves(contact)], [false, false])
  await leave('2 minutes')
  assert.equal(await leaves(gone), false, 'gone for long')
  await name('2 days')
  assert.equal(await leaves(contact), true, 'a contact of yesterday is known')
  await leave('0')
  await house.owner.query('delete from convention_contacts where organisation_id = $1', [organisationId])
  await name(null)
  assert.deepEqual([await leaves(gone), await leaves(contact)], [true, true])
  // The annex of a convention that ended long ago names nobody any more, nor does a name replaced long ago.
  const over = (days: number | null) =>
    house.owner.query(
      `update conventions set ends_at = now() - make_interval(days => $2) where organisation_id = $1
        and effective_from is not null`,
      [organisationId, days],
    )
  const kept = []
  for (const days of [30, 89, 91, null]) {
    await over(days)
    kept.push(await leaves(contact))
  }
  assert.deepEqual(kept, [true, true, false, true])
  await house.owner.query('delete from convention_contacts where organisation_id = $1', [organisationId])
  await name('91 days')
  assert.equal(await leaves(contact), false, 'replaced long ago')
  await house.owner.query('delete from convention_contacts where organisation_id = $1', [organisationId])
  await house.owner.query('delete from mails where to_address = any ($1)', [[gone, contact]])
})

test('SEC-6: the worker reads the mails that wait and no other: a one-time link that left is nobody’s to read', async () => {
  const [left, waits] = [await queued(aMail({ text: 'Votre lien : /mot-de-passe#secret' })), await queued(aMail())]
  await sendMail(within(worker), mailbox.post, left)
  const seen = (
    await worker.query<{ id: string }>('select id from mails where id = any ($1)', [[left, waits]])
  ).rows.map(r => r.id)
  assert.deepEqual(seen, [waits])
  assert.equal((await worker.query('select public.mail_address($1) as address', [left])).rows[0].address, null)
  for (const change of ["body = 'x'", 'sent_at = null', "to_address = 'moi@ailleurs.example'"])
    await assert.rejects(worker.query(`update mails set ${change} where id = $1`, [waits]), { code: '42501' })
  assert.equal((await worker.query('update mails set attempts = 9 where id = $1', [left])).rowCount, 0)
  assert.equal(
    (await worker.query("select ctx.settle_mail($1, 'failed_at', 'x') as n", [left])).rows[0].n,
    0,
    'what became of it is said once',
  )
  await assert.rejects(worker.query("select ctx.settle_mail($1, 'purged_at', 'x')", [waits]), { code: '22023' })
  await assert.rejects(
    worker.query(
      "insert into mails (id, to_account_id, subject, body, why, kind, created_at, sent_at) values ($1, $2, 's', 'b', 'w', 'essai', now(), now())",
      [uuidv7(), claire.id],
    ),
    { code: '42501' },
  )
  await house.owner.query('delete from mails where id = any ($1)', [[left, waits]])
})

test('malformed: an address that would add a recipient or a header is refused by the table', async () => {
  for (const address of ['a@b.example, c@d.example', 'a@b.example\nBcc: c@d.example', '<a@b.example>', 'rien', '@b'])
    await assert.rejects(byJob(aMail({ to: { address } })), { code: '23514' }, address)
  await assert.rejects(queued(aMail({ subject: 'Un\r\nBcc: c@d.example' })), { code: '23514' })
  await assert.rejects(queued(aMail({ path: 'https://ailleurs.example' })), { code: '23514' })
  await assert.rejects(queued(aMail({ text: '  ' })), { code: '23514' })
})

test('refused for now, a mail is tried again and leaves once; refused for good, it is given up with a code and no address', async () => {
  await queued(aMail())
  mailbox.refuse(451)
  assert.equal((await deliverMails(house, mailbox)).length, 0)
  let [row] = await rows()
  assert.deepEqual([row.attempts, row.last_error, row.failed_at, row.sent_at], [1, 'smtp-451', null, null])
  assert.equal((await deliverMails(house, mailbox)).length, 1)
  ;[row] = await rows()
  assert.ok(row.sent_at && row.attempts === 2 && row.last_error === null)
  assert.equal((await deliverMails(house, mailbox)).length, 0, 'not twice')
  await sendMail(within(worker), mailbox.post, row.id)
  assert.equal(mailbox.mails.length, 1, 'nor when its job runs again')

  const lost = await queued(aMail())
  mailbox.refuse(550)
  assert.equal((await deliverMails(house, mailbox)).length, 0)
  const gone = (await rows()).find(r => r.id === lost)
  assert.ok(gone.failed_at && gone.last_error === 'smtp-550')
  assert.equal((await deliverMails(house, mailbox)).length, 0)
})

test('a mail server that is away: a code, thrown for the queue without an address', async () => {
  const id = await queued(aMail())
  const away = openPost({ smtpUrl: 'smtp://127.0.0.1:1', from: 'a@b.example' }, frame())
  await assert.rejects(sendMail(within(worker), away, id), { message: 'mail not sent: ESOCKET' })
  away.close()
  assert.equal((await rows())[0].last_error, 'ESOCKET')
})

test('an account without address: given up, and said', async () => {
  const nobody = await house.person(claire.organisationId)
  await house.owner.query('delete from account_contacts where account_id = $1', [nobody.id])
  await queued(aMail({ to: { accountId: nobody.id } }))
  await deliverMails(house, mailbox)
  const [row] = await rows()
  assert.ok(row.failed_at && row.last_error === 'no-address')
})

test('at once: while one worker is sending a mail, another leaves it alone', async () => {
  const id = await queued(aMail())
  const other = new pg.Client(house.urls.workerUrl)
  await other.connect()
  const meanwhile = {
    ...mailbox.post,
    hand: async (mail: Parameters<typeof mailbox.post.hand>[0]) => {
      await sendMail(within(other), mailbox.post, id)
      return mailbox.post.hand(mail)
    },
  }
  await sendMail(within(worker), meanwhile, id)
  await other.end()
  assert.equal(mailbox.mails.length, 1)
})

test('dying between the answer of the mail server and ours: sent again under the same Message-ID', async () => {
  const id = await queued(aMail())
  const dying = new pg.Client(house.urls.workerUrl)
  dying.on('error', () => {})
  await dying.connect()
  const {
    rows: [{ pid }],
  } = await dying.query('select pg_backend_pid() as pid')
  const cut = async () => {
    await worker.query('select pg_terminate_backend($1)', [pid])
  }
  await assert.rejects(
    sendMail(
      within(dying),
      {
        ...mailbox.post,
        hand: async mail => {
          const done = await mailbox.post.hand(mail)
          await cut()
          return done
        },
      },
      id,
    ),
  )
  await deliverMails(house, mailbox)
  assert.deepEqual(
    mailbox.mails.map(m => m.messageId),
    [`<${id}@localhost>`, `<${id}@localhost>`],
  )
  assert.deepEqual([(await rows())[0].attempts, (await rows()).length], [1, 1])
})

test('in demonstration, a mail is kept in a file that any mail reader opens, and is not said to be sent', async () => {
  const folder = join(temporaryFolder(), 'courriels')
  const post = openPost(
    { from: 'Campagnes coordonnées <ne-pas-repondre@campagnes.invalid>', folder },
    frame('http://localhost:3000'),
  )
  const id = await queued(aMail())
  await sendMail(within(worker), post, id)
  assert.deepEqual(readdirSync(folder), [`${id}.eml`])
  const kept = readMail(readFileSync(join(folder, `${id}.eml`)))
  assert.equal(kept.subject, 'Une demande d’habilitation vous attend')
  assert.match(kept.text, /attend votre décision/)
  const [row] = await rows()
  assert.ok(row.kept_at && !row.sent_at)
})

test('SEC-4: once a mail left, the token of its link is kept no more; one given up keeps it until it is purged, to be tried again', async () => {
  const [left, givenUp] = [
    await queued(aMail({ path: '/invitation#secret' })),
    await queued(aMail({ path: '/invitation#secret' })),
  ]
  const settle = (id: string, outcome: string) => worker.query('select ctx.settle_mail($1, $2, null)', [id, outcome])
  const paths = async () => Object.fromEntries((await rows()).map(({ id, path }) => [id, path]))
  await settle(givenUp, 'failed_at')
  await settle(left, 'sent_at')
  assert.deepEqual(await paths(), { [left]: '/invitation', [givenUp]: '/invitation#secret' })
  await house.owner.query(`update mails set failed_at = now() - interval '31 days' where id = $1`, [givenUp])
  await purgeMails(dbOver(worker))
  assert.equal((await paths())[givenUp], '/invitation')
})

test('thirty days after it left, nothing stays of what a mail said; one that waits is left alone', async () => {
  await byJob(aMail({ to: { address: 'x@partenaire.example' }, about: ['campaign', 'c1'] }))
  await deliverMails(house, mailbox)
  await house.owner.query(
    `update mails set created_at = now() - interval '40 days', sent_at = now() - interval '29 days 23 hours'`,
  )
  const waiting = await queued(aMail())
  await house.owner.query(`update mails set created_at = now() - interval '40 days' where id = $1`, [waiting])
  assert.equal(await purgeMails(dbOver(worker)), 0)
  await house.owner.query(`update mails set sent_at = now() - interval '30 days 1 second' where sent_at is not null`)
  assert.equal(await purgeMails(dbOver(worker)), 1)
  assert.equal(await purgeMails(dbOver(worker)), 0)
  const purged = (await rows()).find(r => r.id !== waiting)
  assert.deepEqual([purged.subject, purged.body, purged.to_address, purged.about_id], ['', '', null, 'c1'])
  assert.ok((await rows()).find(r => r.id === waiting).body.length > 0)
})

test('the queue of the worker carries it: a job in the same transaction, a sweep for what was written before the queue stood', async () => {
  const early = await queued(aMail({ subject: 'Avant la file' }))
  await runMigrations({ connectionString: house.urls.workerUrl, logger: quiet })
  const keys = async () =>
    (await worker.query('select key from graphile_worker.jobs order by key')).rows.map(r => r.key)
  const id = await queued(aMail({ subject: 'Avec la file' }))
  const tx = await house.database.begin()
  await tx.enter(hash(claire))
  await queueMail(tx, aMail(), means())
  await tx.rollback()
  assert.deepEqual(await keys(), [`mail:${id}`])

  assert.equal(await requeueMails(dbOver(worker)), 0, 'just written: its own transaction may not be seen yet')
  await house.owner.query(`update mails set created_at = now() - interval '2 minutes' where id = $1`, [early])
  assert.equal(await requeueMails(dbOver(worker)), 1)
  assert.equal(await requeueMails(dbOver(worker)), 0)
  // As after five failures: the queue then waits minutes, which no slow machine takes to look.
  await worker.query('update graphile_worker._private_jobs set attempts = 5')
  const sending = sendMailJob(mailbox.post)
  mailbox.refuse(451)
  await runOnce({
    connectionString: house.urls.workerUrl,
    taskList: { [sending.name]: sending.run as never },
    logger: quiet,
  })
  assert.equal(mailbox.mails.length, 1)
  const {
    rows: [again],
  } = await worker.query('select attempts, run_at > now() as later, last_error from graphile_worker.jobs')
  assert.deepEqual([again.attempts, again.later], [6, true], 'the other is tried again later')
  assert.doesNotMatch(again.last_error, /@/)
  await worker.query('update graphile_worker._private_jobs set run_at = now()')
  await runOnce({
    connectionString: house.urls.workerUrl,
    taskList: { [sending.name]: sending.run as never },
    logger: quiet,
  })
  assert.deepEqual(mailbox.mails.map(m => m.subject).sort(), ['Avant la file', 'Avec la file'])
  assert.deepEqual(await keys(), [])
})

test('the frame of a mail, without page, and with a reason that ends with a full stop', () => {
  const text = mailText(
    { body: ' Votre compte est ouvert. ', why: 'vous avez un compte. ', path: null },
    'https://campagnes.example',
  )
  assert.match(text, /^Bonjour,\n\nVotre compte est ouvert\.\n\n-- \n/)
  assert.match(text, /parce que vous avez un compte\.\n/)
  assert.doesNotMatch(text, /Pour l’ouvrir/)
})

for (const [why, text, said] of [
  ['an address', 'Bonjour\nCliquez https://evil.example', 'Bonjour\nCliquez https: //evil. example'],
  ['a bare domain', '« evil.example/x », www.evil.com', '« evil. example/x », www. evil. com'],
  ['a domain by another full stop', 'evil。com evil．com', 'evil。 com evil． com'],
  ['a mailbox', 'ecrivez@evil.example', 'ecrivez@evil. example'],
  ['what begins as ours', 'https://campagnes.example.evil.com', 'https: //campagnes. example. evil. com'],
  ['ours before another', 'https://campagnes.example@evil.com', 'https: //campagnes. example@evil. com'],
  ['ours', 'Ici : https://campagnes.example/x.html#a-b_c.', 'Ici : https://campagnes.example/x.html#a-b_c.'],
  ['ours alone, at the end', 'Ici : https://campagnes.example.', 'Ici : https://campagnes.example.'],
  ['French', 'S.N.C.F., le 01.12.2026 à 9.30 h. Fin.', 'S.N.C.F., le 01.12.2026 à 9.30 h. Fin.'],
] as const)
  test(`SEC-2: what a mail quotes becomes no link: ${why}`, () => {
    assert.equal(withoutLinks(text, 'https://campagnes.example'), said)
    const mail = mailText(
      { body: `La campagne « ${text} » est ouverte.`, why: text, path: null },
      'https://campagnes.example',
    )
    assert.ok(mail.includes(`« ${said} »`), mail)
    assert.equal(mail.replaceAll('https://campagnes.example', '').includes('://'), false)
  })

for (const [error, code, forGood] of [
  [{ responseCode: 550, message: 'x@y' }, 'smtp-550', true],
  [{ responseCode: 421 }, 'smtp-421', false],
  [{ responseCode: 535, code: 'EAUTH' }, 'smtp-535', false],
  [{ code: 'ECONNECTION' }, 'ECONNECTION', false],
  [{ code: 'a@b.example' }, 'unknown', false],
  [null, 'unknown', false],
] as const)
  test(`a failure told as a code: ${code}`, () => {
    assert.equal(failureCode(error), code)
    assert.equal(isForGood(code), forGood)
  })
