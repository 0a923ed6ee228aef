import assert from 'node:assert/strict'
import { relative } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { mailKinds, mailMatterWords } from '../../contract/mails.ts'
import { noticeRoles } from '../../contract/notices.ts'
import { giveRole } from '../people-and-rights/accounts/testing.ts'
import { uuidv7 } from '../platform/ids.ts'
import { within } from '../platform/job.ts'
import { tokenHash } from '../platform/session-cookie.ts'
import { type House, openHouse, type Person } from '../testing/house.ts'
import { withFunctionChanged } from '../testing/parity.ts'
import { serverCode, text } from '../testing/sources.ts'
import { type Holder, recipientsOf, whyOf } from './recipient-rules.ts'
import { tellRoles } from './tell.ts'

const sources = serverCode().map(file => ({ file: relative('server', file), text: text(file) }))

const lists = [
  'people-and-rights/grants/decide-grant-request.ts new Set([request.accountId, request.askedById])',
  'people-and-rights/people/confirm-import.ts accounts',
  'people-and-rights/rgc/decide-deed.ts deed.members',
  'people-and-rights/rgc/propose-deed.ts designated',
  'signing-in/passwords/tell-chosen.job.ts chosen',
  'agreement/awareness/remind-awareness.job.ts due',
  'agreement/texts/announce-texts.job.ts next',
  'agreement/tools/announce-annex-4.job.ts next',
  'work-with-employers/campaigns/reserve-targets.ts takenMails(campaign, takenOver, contacts.filter(c => c.accountId !== viewer.accountId))',
  'work-with-employers/campaigns/reserve-targets.ts holders',
  'work-with-employers/running-campaigns/close-ended.job.ts mails',
  'work-with-employers/running-campaigns/hand-over-campaign.ts successor.accountIds',
  'work-with-employers/recalls/recall-stale.job.ts byPerson',
  'work-with-employers/register-moves/follow-register.ts mails',
  'admin/hand-over-campaign.ts pilots!',
  'admin/hand-over-task-force.ts pilots!',
  'work-with-employers/campaigns/decide-conflicts.ts meetingMails(campaign, meetings, others)',
  'people-and-rights/confirmations/settle-confirmations.ts [accountId, askedById]',
  'work-with-employers/proposed-actions/propose-next-action.ts contacts',
  'work-with-employers/proposed-actions/lapse-proposals.job.ts lapsed',
  'work-with-employers/needs/moving.ts contacts',
  'work-with-employers/bulk-works/tell-work.ts mails',
  'work-with-employers/portfolio/tell-due-actions.job.ts due',
  'work-with-employers/running-campaigns/correct-campaign.ts named',
  'work-with-employers/running-campaigns/remove-member.ts holders',
  'work-with-employers/running-campaigns/tell-opened.job.ts recipients',
  'work-with-employers/needs/propose-need.ts contacts',
  'people-and-rights/releases/tell-address-releases.job.ts freed',
  'people-and-rights/second-accounts/tell-second-accounts.job.ts asked',
]
test('AGR-9: every kind of mail says whom it is for, the person concerned or roles; nothing else writes to the outbox', () => {
  for (const [kind, roles] of Object.entries(mailKinds)) {
    assert.ok(roles === 'person' || roles.length > 0, kind)
    if (roles !== 'person')
      for (const role of roles)
        assert.ok(
          /^(partenaire|operateur):/.test(role) &&
            noticeRoles.includes(role.split(':')[1] as 'rgc') &&
            whyOf(role).length > 10,
          `${kind}: ${role}`,
        )
    const [start] = kind.split(/-(?=thirty|seven|today|late|known|three|last)/)
    assert.ok(
      sources.some(
        ({ file, text }) =>
          !file.startsWith('notifications') && (text.includes(`'${kind}'`) || text.includes(`\`${start}-\${`)),
      ),
      `${kind}: no mail is of this kind any more`,
    )
  }
  assert.deepEqual(
    [...new Set(Object.keys(mailKinds).map(kind => kind.split('-')[0]!))].sort(),
    Object.keys(mailMatterWords).sort(),
    'each has its words on the page of the mails that did not leave',
  )
  for (const { file, text } of sources)
    if (!file.startsWith('notifications')) {
      assert.doesNotMatch(
        text,
        /notifications\/(queue-mail|mails\.queries|recipients\.queries)/,
        `${file}: tellPerson, tellRoles (tell.ts)`,
      )
      // Of a person, never of a list that the file found by itself: those who asked, whose account opens, whom a deed
      // names, who chose a password, whose awareness is due, of whom a text will be asked are the persons concerned.
      for (const [, list] of text.matchAll(/for \(const .+ of (.*)\) await tellPerson/g))
        assert.ok(lists.includes(`${file} ${list}`), `${file} ${list}`)
    }
})

test('AGR-9: an address is told once, under the first role it holds; a role that nobody holds is said, whoever acts', () => {
  const holder = (role: Holder['role'], who: string, party: Holder['party'] = 'partenaire'): Holder => ({
    party,
    role,
    accountId: who.includes('@') ? null : who,
    address: who.includes('@') ? who : null,
  })
  const roles = ['partenaire:rssi', 'partenaire:dpd', 'operateur:cssi'] as const
  assert.deepEqual(
    recipientsOf(
      [
        holder('dpd', 'a'),
        holder('rssi', 'a'),
        holder('rssi', 'x@y.example'),
        holder('dpd', 'x@y.example'),
        holder('support', 'b', 'operateur'),
      ],
      roles,
    ),
    {
      recipients: [
        { to: { accountId: 'a' }, role: 'partenaire:rssi' },
        { to: { address: 'x@y.example' }, role: 'partenaire:rssi' },
      ],
      emptyRoles: [{ party: 'operateur', role: 'cssi' }],
    },
  )
  assert.deepEqual(
    recipientsOf([holder('rssi', 'a'), holder('dpd', 'b'), holder('cssi', 'c', 'operateur')], roles, ['a', 'c']),
    { recipients: [{ to: { accountId: 'b' }, role: 'partenaire:dpd' }], emptyRoles: [] },
    'held by who acts is not empty',
  )
  assert.deepEqual(
    recipientsOf([holder('cssi', 'c')], roles).emptyRoles.length,
    3,
    'the other side’s holder is nobody here',
  )
})

let house: House
let worker: pg.Client
let operator: string
let partner: string
let stranger: Person
let agent: Person
const day = new Date('2026-06-15T09:00:00Z')
const rows = async (text: string, values: unknown[] = []): Promise<any[]> =>
  (await house.owner.query(text, values)).rows
const contact = (
  party: 'partenaire' | 'operateur',
  role: string,
  email: string,
  over: { region?: number; from?: string; until?: string | null } = {},
) =>
  rows(
    `insert into convention_contacts (id, organisation_id, party, region_id, role, name, email, starts_at, ends_at)
      values ($1, $2, $3, $4, $5, 'Essai', $6, $7, $8)`,
    [
      uuidv7(),
      party === 'partenaire' ? partner : operator,
      party,
      party === 'operateur' ? (over.region ?? 1075) : null,
      role,
      email,
      over.from ?? '2026-01-01',
      over.until ?? null,
    ],
  )
const held = async (at: Date = day, region: number | null = null, of = partner): Promise<string[]> =>
  (
    await rows('select party, role, coalesce(account_id::text, address) as who from ctx.recipients_of($1, $2, $3)', [
      of,
      region,
      at,
    ])
  )
    .map(r => `${r.party}:${r.role} ${r.who}`)
    .sort()
before(async () => {
  house = await openHouse([])
  worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  await rows(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie'),
      (0, 'national', 'FR', 'France') on conflict do nothing`,
  )
  operator = (await house.organisation({ kind: 'operateur', name: 'Opérateur' })).id
  partner = (await house.organisation()).id
  await rows('update conventions set region_id = 1075 where organisation_id = $1', [partner])
  agent = await house.person(partner)
  stranger = await house.person((await house.organisation()).id)
})
after(async () => {
  await worker.end()
  await house.close()
})

test('AGR-9: a mail of each kind is taken by the outbox', async () => {
  const kinds = Object.keys(mailKinds)
  const taken = await house.owner.query(
    `insert into mails (id, to_address, subject, body, why, kind, created_at)
      select gen_random_uuid(), 'essai@partenaire.example', 'Essai', 'Essai', 'c’est un essai', k, now() from unnest($1::text[]) k`,
    [kinds],
  )
  assert.equal(taken.rowCount, kinds.length)
  await house.owner.query('delete from mails')
})

test('AGR-9: who is told is read on the day: contacts of the annexes by region, those who hold the role with an account, each address once, and nobody who left', async () => {
  const [rssi, gone, cssi, regional, elsewhere] = await Promise.all([
    house.person(partner),
    house.person(partner),
    house.person(operator),
    house.person(operator),
    house.person(operator),
  ])
  await giveRole(house.owner, rssi, 'rssi')
  await giveRole(house.owner, gone, 'dpd')
  await rows(`update accounts set status = 'suspended' where id = $1`, [gone.id])
  await giveRole(house.owner, cssi, 'cssi')
  await giveRole(house.owner, regional, 'direction-regionale', { regionId: 1075 })
  await giveRole(house.owner, elsewhere, 'direction-regionale', { regionId: 1076 })
  await giveRole(house.owner, await house.person(partner), 'responsable-formation', { startsAt: '2027-01-01' })
  const own = await house.person(operator)
  // On no deed in force: the operator's own needs none.
  for (const [who, where] of [
    [await house.person(partner), partner],
    [own, operator],
  ] as const)
    await rows(
      `insert into role_assignments (id, account_id, organisation_id, role, starts_at, reason)
        values ($1, $2, $3, 'rgc', '2020-01-01', 'Acte refusé')`,
      [uuidv7(), who.id, where],
    )
  const [{ email }] = await rows('select email from account_contacts where account_id = $1', [rssi.id])
  await contact('partenaire', 'rssi', email.toUpperCase())
  const [{ email: left }] = await rows('select email from account_contacts where account_id = $1', [gone.id])
  await giveRole(house.owner, await house.person(partner), 'cssi') // the operator's alone
  await contact('partenaire', 'correspondant-si', left)
  await contact('partenaire', 'responsable-operationnel', 'bientot@partenaire.example', { from: '2026-07-01' })
  await contact('partenaire', 'dpd', 'ancien@partenaire.example', { until: '2026-06-01' })
  await contact('partenaire', 'gouvernance', 'gouvernance@partenaire.example', { from: '2026-06-15T09:00:00Z' })
  await contact('operateur', 'cssi', 'cssi.national@operateur.example', { region: 0 })
  await contact('operateur', 'cssi', 'cssi@region.example', { from: '2026-03-01' })
  await contact('operateur', 'support', 'aide@operateur.example', { region: 0 })
  await contact('operateur', 'dpd', 'dpd@autre-region.example', { region: 1076 })
  assert.deepEqual(
    await held(),
    [
      'operateur:cssi cssi@region.example',
      `operateur:cssi ${cssi.id}`,
      `operateur:direction-regionale ${regional.id}`,
      'operateur:support aide@operateur.example',
      `partenaire:correspondant-si ${left}`,
      'partenaire:gouvernance gouvernance@partenaire.example',
      `partenaire:rssi ${rssi.id}`,
    ].sort(),
  )
  assert.deepEqual(
    (await held(new Date('2026-02-01T00:00:00Z'))).filter(h => /cssi |dpd|gouvernance/.test(h)),
    [
      'operateur:cssi cssi.national@operateur.example',
      `operateur:cssi ${cssi.id}`,
      'partenaire:dpd ancien@partenaire.example',
    ].sort(),
  )
  assert.deepEqual(
    (await held(day, 1076)).filter(h => h.startsWith('operateur:d')),
    [`operateur:direction-regionale ${elsewhere.id}`, 'operateur:dpd dpd@autre-region.example'],
  )
  assert.deepEqual(
    (await held(day, null, operator)).filter(h => h.includes(':rgc')),
    [`partenaire:rgc ${own.id}`],
  )
  // Each clause is seen.
  const all = async () => [await held(), await held(day, null, operator)]
  const before = await all()
  for (const [from, to] of [
    ["m.account_id and x.status = 'active'", 'm.account_id'],
    ["r.organisation_id and a.status = 'active'", 'r.organisation_id'],
    ['x.ends_at > at', 'true'],
    ['x.starts_at <= at', 'true'],
    ['order by x.role, x.region_id desc', 'order by x.role, x.region_id'],
    ['r.region_id = region', 'true'],
    ['r.starts_at <= at', 'true'],
    ['m.email = lower(c.email)', 'm.email = c.email'],
    ['x.region_id in (region, 0)', 'true'],
    ["r.role not in ('cssi', 'direction-regionale', 'support', 'administrateur')", 'true'],
    ["where o.kind = 'operateur'", ''],
    ['where o.id = of_organisation', ''],
    ["s.kind = 'operateur' or ", ''],
    ['ctx.stands_on_deed(r.account_id, at)', 'true'],
    ["r.role <> 'rgc' and ", ''],
  ] as const)
    await withFunctionChanged(house.owner, 'ctx.recipients_of(uuid, int, timestamptz)', from, to, async () =>
      assert.notDeepEqual(await all(), before, `${from} → ${to}`),
    )
})

test('AGR-9: a notice goes to its roles, the empty ones are said; the application writes to nobody it may not see; a job’s silence is in the trail', async () => {
  const means = { newId: uuidv7, now: day }
  const notice = {
    kind: 'exceptional-act',
    subject: 'Essai',
    text: 'Essai.',
    path: { partenaire: '/responsables-de-comptes' },
  } as const
  const tx = await house.database.begin()
  await tx.enter(tokenHash(agent.cookie.slice('session='.length)))
  assert.deepEqual(await tellRoles(tx, { organisationId: partner }, notice, means), {
    mails: 0,
    emptyRoles: [
      { party: 'partenaire', role: 'rgc' },
      { party: 'partenaire', role: 'signataire' },
    ],
  })
  assert.deepEqual(await tellRoles(tx, { organisationId: partner }, { ...notice, kind: 'rgc-event' }, means), {
    mails: 2,
    emptyRoles: [],
  })
  await tx.commit()
  assert.deepEqual(
    (
      await rows(
        `select to_address, to_account_id is not null as account, why, path from mails where kind = 'rgc-event'
          order by to_address nulls last`,
      )
    ).map(m => [m.to_address, m.account, m.why, m.path]),
    [
      ['cssi@region.example', false, 'vous êtes correspondant sécurité de l’opérateur (CSSI)', null],
      [null, true, 'vous êtes correspondant sécurité de l’opérateur (CSSI)', null],
    ],
  )
  const other = await house.database.begin()
  await other.enter(tokenHash(stranger.cookie.slice('session='.length)))
  assert.equal((await tellRoles(other, { organisationId: partner }, { ...notice, kind: 'rgc-event' }, means)).mails, 0)
  await other.rollback()
  await worker.query('begin')
  await within(worker)(work =>
    tellRoles(work.db, { organisationId: partner }, { ...notice, kind: 'review-late' }, { ...work, ...means }),
  )
  await worker.query('commit')
  const [said] = await rows(
    `select e.actor_id, e.organisation_id, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
      where e.action = 'notice.role-empty'`,
  )
  assert.deepEqual(said, {
    actor_id: null,
    organisation_id: partner,
    detail: { kind: 'review-late', mails: 2, emptyRoles: [{ party: 'partenaire', role: 'rgc' }] },
  })
  assert.deepEqual(
    await rows(`select proname from pg_proc where prosrc ~* 'insert\\s+into\\s+(public\\.)?mails'`),
    [],
    'no function writes a mail by itself',
  )
})

test('AGR-9, PRI-4: the contacts of a partner are told of nothing once its conventions have been over for ninety days, its accounts still', async () => {
  const { id } = await house.organisation()
  const person = await house.person(id)
  await giveRole(house.owner, person, 'signataire')
  await rows(
    `insert into convention_contacts (id, organisation_id, party, role, name, email, starts_at)
      values ($1, $2, 'partenaire', 'dpd', 'Essai', 'dpd@fini.example', '2026-01-01')`,
    [uuidv7(), id],
  )
  const told = async () => (await held(day, null, id)).filter(one => one.startsWith('partenaire:'))
  const [contact, account] = ['partenaire:dpd dpd@fini.example', `partenaire:signataire ${person.id}`]
  for (const [days, expected] of [
    [null, [contact, account]],
    [89, [contact, account]],
    [90, [account]],
  ] as const) {
    await rows(
      'update conventions set ends_at = $2::timestamptz - make_interval(days => $3) where organisation_id = $1',
      [id, day, days],
    )
    assert.deepEqual(await told(), expected, `${days}`)
  }
  await withFunctionChanged(
    house.owner,
    'ctx.recipients_of(uuid, int, timestamptz)',
    'and ctx.contacts_stand(of_organisation, at)',
    '',
    async () => assert.deepEqual(await told(), [contact, account]),
  )
})
