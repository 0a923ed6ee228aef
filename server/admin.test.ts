import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { uuidv7 } from './platform/ids.ts'
import { digest } from './signing-in/identity/session-token.ts'
import { type House, openHouse } from './testing/house.ts'

let house: House
before(async () => {
  house = await openHouse([])
})
after(() => house.close())

const admin = (...args: string[]) => bare(...args, '--operator', 'Camille Essai')
const bare = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['server/admin.ts', ...args], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_OWNER_URL: house.urls.ownerUrl },
  })
  return { status, stdout, stderr }
}
const one = async (query: string, ...values: unknown[]) => (await house.owner.query(query, values)).rows[0]
const first = [
  'create-operator',
  '--siret',
  '130 005 481 087 16',
  '--organisation',
  'Opérateur',
  '--given-name',
  'Lou',
  '--family-name',
  'Essai',
  '--email',
  'Lou.Essai@operateur.example',
]

test('create-operator makes the first account, with national grants and a trail', async () => {
  const { status, stdout, stderr } = admin(...first, '--grant', 'campagnes:pilote')
  assert.equal(status, 0, stderr)
  assert.match(stdout, /Compte créé/)
  assert.deepEqual(
    await one(
      'select c.email, o.kind, g.tool, g.profile, g.territory_id from account_contacts c join organisations o on o.id = c.organisation_id join grants g on g.account_id = c.account_id',
    ),
    { email: 'lou.essai@operateur.example', kind: 'operateur', tool: 'campagnes', profile: 'pilote', territory_id: 0 },
  )
  assert.equal((await one("select count(*)::int as n from audit_entries where action = 'account.created'")).n, 1)
})

test('SEC-1: the command line says who: nothing is written without --operator, and the trail keeps it as the origin', async () => {
  const wrong = [
    [],
    ['--operator'],
    ['--operator', ' '],
    ['--operator', 'x'],
    ['--operator', 'a\nb'],
    ['--operator', 'x'.repeat(81)],
  ]
  for (const said of wrong) {
    const { status, stderr } = bare(...first.map(v => v.replace('Lou.Essai', 'sans.nom')), ...said)
    assert.deepEqual([status, /--operator manque : le nom ou le matricule/.test(stderr)], [1, true], said.join(' '))
  }
  assert.equal((await one("select count(*)::int as n from account_contacts where email like 'sans.nom%'")).n, 0)
  assert.deepEqual(await one("select actor_id, origin from audit_entries where action = 'account.created'"), {
    actor_id: null,
    origin: 'ligne de commande, Camille Essai',
  })
  for (const command of [
    'give-role',
    'end-role',
    'confirm-link',
    'refuse-link',
    'allow-password',
    'forbid-password',
    'password-link',
  ])
    assert.match(bare(command).stderr, /--operator manque/, command)
  assert.equal(bare('links').status, 0, 'reading writes nothing')
  // The database holds the owner to it too.
  await assert.rejects(
    house.owner.query(
      "insert into audit_entries (id, at, action, subject_kind, subject_id, origin, detail_digest) values ($1, now(), 'role.given', 'account', 'x', 'ligne de commande', sha256(''))",
      [uuidv7()],
    ),
    { code: '42501' },
  )
})

test('create-operator refuses a second account of one address, and says all that is wrong at once', async () => {
  assert.match(admin(...first).stderr, /existe déjà/)
  const { status, stderr } = admin('create-operator', '--siret', '12345678901234', '--grant', 'tout:pouvoir')
  assert.equal(status, 1)
  for (const said of [/--siret/, /--organisation/, /--given-name/, /--family-name/, /--email/, /--grant tout:pouvoir/])
    assert.match(stderr, said)
  assert.equal((await one('select count(*)::int as n from accounts')).n, 1)
})

test('IDN-7: create-operator makes no account of a service’s address: one account is one person', async () => {
  assert.match(admin(...first.map(v => v.replace('Lou.Essai', 'direction'))).stderr, /adresse d’un service/)
  assert.equal((await one('select count(*)::int as n from accounts')).n, 1)
})

test('IDN-7: one identity at ProConnect opens one account: a second one is not confirmed for it, whatever was asked', async () => {
  const organisation = await house.organisation()
  const [mine, other] = [await house.person(organisation.id), await house.person(organisation.id)]
  const ask = async (account: string) => {
    const id = uuidv7()
    await house.owner.query(
      "insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, reason, asked_at) values ($1, 'https://proconnect.example', 'une-personne', $2, $3, 'Camille', 'Essai', 'c@x.example', 'other-organisation', now())",
      [id, account, organisation.id],
    )
    return id
  }
  const [first, second] = [await ask(mine.id), await ask(other.id)]
  assert.equal(admin('confirm-link', first).status, 0)
  assert.equal(admin('confirm-link', second).status, 1)
  assert.deepEqual(
    (await house.owner.query("select account_id from account_identities where subject = 'une-personne'")).rows,
    [{ account_id: mine.id }],
  )
  assert.equal(
    (await one('select decided_at from pending_links where id = $1', second)).decided_at,
    null,
    'still to be refused',
  )
  assert.equal(admin('refuse-link', second).status, 0)
})

test('AGR-1, SEC-1: the operator’s roles are given by its own command, a regional direction for its region; each change is in the trail, twice or to a partner changes nothing', async () => {
  await house.owner.query(
    "insert into territories (id, kind, code, name) values (1075, 'region', '75', 'Nouvelle-Aquitaine') on conflict do nothing",
  )
  const change = (name: string, role: string, email = 'lou.essai@operateur.example', ...more: string[]) =>
    admin(name, '--email', email, '--role', role, '--reason', 'Prise de poste', ...more)
  const held = async () =>
    (
      await house.owner.query(
        'select role, region_id from role_assignments where ends_at is null or ends_at > now() order by role',
      )
    ).rows
  assert.match(change('give-role', 'direction-regionale:75').stdout, /Rôle donné/)
  assert.match(change('give-role', 'signataire').stdout, /Rôle donné/)
  assert.deepEqual(await held(), [
    { role: 'direction-regionale', region_id: 1075 },
    { role: 'signataire', region_id: null },
  ])
  assert.match(change('give-role', 'signataire').stderr, /tient déjà/)
  assert.deepEqual((await held()).length, 2, 'nothing half done')
  // SEC-6: a role that sleeps is given anew by the same command.
  await house.owner.query(
    `update role_assignments set starts_at = now() - interval '7 months' where role = 'direction-regionale'`,
  )
  assert.match(change('give-role', 'direction-regionale:75').stdout, /Rôle donné/)
  assert.match(change('give-role', 'direction-regionale:75').stderr, /tient déjà/)
  assert.deepEqual((await held()).length, 2)
  for (const role of ['direction-regionale', 'direction-regionale:999', 'cssi:75:33', 'support:75', 'chef'])
    assert.match(change('give-role', role).stderr, /--role manque/)
  assert.match(admin('give-role', '--email', 'lou.essai@operateur.example', '--role', 'cssi').stderr, /--reason manque/)
  assert.match(change('give-role', 'cssi', 'personne@operateur.example').stderr, /aucun compte/)
  const partner = await house.person((await house.organisation()).id)
  assert.match(
    change(
      'give-role',
      'signataire',
      (await one('select email from account_contacts where account_id = $1', partner.id)).email,
    ).stderr,
    /partenaire/,
  )
  assert.match(change('end-role', 'signataire').stdout, /terminé/)
  assert.match(change('end-role', 'signataire').stderr, /ne tient pas/)
  assert.deepEqual(await held(), [{ role: 'direction-regionale', region_id: 1075 }])
  // AGR-16: why it ended stands beside it, and the person is told.
  const ended = await one(`select ended_by, end_reason from role_assignments where role = $1`, 'signataire')
  assert.deepEqual(ended, { ended_by: null, end_reason: 'Prise de poste' })
  assert.deepEqual(
    (
      await house.owner.query(
        "select kind, count(*)::int as n from mails where kind like 'role-%' group by 1 order by 1",
      )
    ).rows,
    [
      { kind: 'role-ended', n: 1 },
      { kind: 'role-given', n: 3 },
    ],
  )
  assert.deepEqual(
    (await house.owner.query("select action from audit_entries where action like 'role.%' order by at")).rows.map(
      r => r.action,
    ),
    ['role.given', 'role.given', 'role.given', 'role.ended'],
  )
})

test('create-operator never turns a partner into the operator', async () => {
  await house.organisation({ siret: 24330116500011, kind: 'epci' })
  assert.match(
    admin('create-operator', '--siret', '24330116500011', ...first.slice(3).map(v => v.replace('Lou.Essai', 'autre')))
      .stderr,
    /structure partenaire/,
  )
})

test('IDN-1: an identity that the address alone does not prove is attached by a person, once', async () => {
  const organisation = await house.organisation()
  const person = await house.person(organisation.id)
  const id = uuidv7()
  await house.owner.query(
    "insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, reason, asked_at) values ($1, 'https://proconnect.example', 'sujet', $2, $3, 'Camille', 'Autre', 'c@x.example', 'already-linked', now())",
    [id, person.id, organisation.id],
  )
  assert.match(admin('links').stdout, new RegExp(id))
  assert.equal(admin('confirm-link', id).status, 0)
  assert.deepEqual(await one('select account_id from account_identities where subject = $1', 'sujet'), {
    account_id: person.id,
  })
  assert.match(admin('confirm-link', id).stderr, /aucune demande/)
  assert.match(admin('links').stdout, /Aucune identité/)
  assert.equal(admin('confirm-link', 'x').status, 1)
  assert.equal(admin('effacer-tout').status, 1)
})

test('IDN-1, IDN-2: what nobody else can open: an expected provider, a day to enrol a first second factor, a first invitation', async () => {
  const organisation = await house.organisation({ siret: 24330126400012, kind: 'epci' })
  const siret = String(organisation.siret).padStart(14, '0')
  const person = await house.person(organisation.id)
  const { email } = await one('select email from account_contacts where account_id = $1', person.id)
  assert.match(admin('expect-provider', '--siret', siret).stderr, /--idp/)
  assert.match(admin('expect-provider', '--siret', siret, '--idp', 'fournisseur-1').stdout, /sans autre confirmation/)
  assert.match(admin('expect-provider', '--siret', siret, '--idp', 'fournisseur-1').stderr, /déjà attendu/)
  assert.deepEqual(
    (
      await house.owner.query('select idp_id, added_by from expected_providers where organisation_id = $1', [
        organisation.id,
      ])
    ).rows,
    [{ idp_id: 'fournisseur-1', added_by: null }],
  )

  await house.owner.query('update first_enrolments set open_until = now() where account_id = $1', [person.id])
  assert.match(admin('open-enrolment', '--email', email).stderr, /--reason/)
  assert.match(admin('open-enrolment', '--email', 'personne@ailleurs.example', '--reason', 'x').stderr, /aucun compte/)
  assert.match(admin('open-enrolment', '--email', email, '--reason', 'Vu en personne').stdout, /24 heures/)
  const { hours } = await one(
    `select extract(epoch from open_until - now()) / 3600 as hours from first_enrolments where account_id = $1`,
    person.id,
  )
  assert.ok(hours > 23.8 && hours <= 24.1, String(hours))
  assert.equal(
    (
      await one(
        "select count(*)::int as n from audit_entries where action in ('organisation.provider-expected', 'second-factor.enrolment-allowed')",
      )
    ).n,
    2,
  )

  // Confirmed on the command line, the provider that alone was in doubt is expected too.
  const id = uuidv7()
  await house.owner.query(
    "insert into pending_links (id, issuer, subject, account_id, organisation_id, given_name, usual_name, email, idp_id, reason, asked_at) values ($1, 'https://proconnect.example', 'sujet-2', $2, $3, 'Camille', 'Autre', 'c@x.example', 'fournisseur-2', 'unknown-provider', now())",
    [id, person.id, organisation.id],
  )
  assert.match(admin('links').stdout, /fournisseur-2 n’est pas de ceux attendus/)
  assert.equal(admin('confirm-link', id).status, 0)
  assert.equal((await one("select count(*)::int as n from expected_providers where idp_id = 'fournisseur-2'")).n, 1)
})

test('IDN-3: signing in by password is opened to one organisation and closed again, with a reason; a link is made only where it is open', async () => {
  const siret = (await house.organisation({ siret: 90012345600015, kind: 'mission-locale' })).siret
  const { id } = await house.person((await one('select id from organisations where siret = $1', siret)).id)
  const { email } = await one('select email from account_contacts where account_id = $1', id)
  assert.match(admin('password-link', '--email', email).stderr, /allow-password/)
  assert.match(admin('allow-password', '--siret', '90012345600015').stderr, /--reason/)
  assert.match(admin('allow-password', '--siret', '90012345600016', '--reason', 'x').stderr, /clé est fausse/)
  assert.match(admin('allow-password', '--siret', '90023456800013', '--reason', 'x').stderr, /aucune structure/)
  assert.match(
    admin('allow-password', '--siret', '90012345600015', '--reason', 'Pas de fournisseur ProConnect').stdout,
    /est ouverte/,
  )
  const first = /#([\w-]{43})$/m.exec(admin('password-link', '--email', email.toUpperCase()).stdout)![1]!
  const newer = /#([\w-]{43})$/m.exec(admin('password-link', '--email', email).stdout)![1]!
  assert.notEqual(newer, first)
  assert.deepEqual(
    (await house.owner.query('select token_hash from password_links where account_id = $1', [id])).rows,
    [{ token_hash: digest(newer) }],
    'the newer kills the older, and only its digest is kept',
  )
  await house.owner.query(
    "insert into sessions (id, token_hash, account_id, created_at, last_seen_at, signed_in_by) values ($1, sha256($2), $3, now(), now(), 'password')",
    [uuidv7(), 'x', id],
  )
  assert.match(
    admin('forbid-password', '--siret', '90012345600015', '--reason', 'ProConnect est là').stdout,
    /fermée, et 1 session/,
  )
  assert.equal(
    (
      await one(
        "select count(*)::int as n from sessions where account_id = $1 and ended_at is null and signed_in_by = 'password'",
        id,
      )
    ).n,
    0,
  )
  assert.equal(
    (await one('select count(*)::int as n from sessions where account_id = $1 and ended_at is null', id)).n,
    1,
    'those by ProConnect go on',
  )
  assert.match(admin('password-link', '--email', email).stderr, /allow-password/)
  assert.match(admin('password-link', '--email', 'personne@ailleurs.example').stderr, /aucun compte/)
  assert.deepEqual(
    (await house.owner.query('select password_allowed as allowed, reason from organisation_sign_in order by set_at'))
      .rows,
    [
      { allowed: true, reason: 'Pas de fournisseur ProConnect' },
      { allowed: false, reason: 'ProConnect est là' },
    ],
  )
  assert.equal(
    (await one("select count(*)::int as n from audit_entries where action like 'organisation.password-%'")).n,
    2,
  )
})
