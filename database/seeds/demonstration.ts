/**
 * The demonstration: the CLPE of Bordeaux hors Métropole with its six EPCIs and fifty-six real communes, invented
 * companies and people.
 * The register and the territories come in by their imports; what people did is done through the API as they would do
 * it, so that rights, holds and trail are the real ones.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { Profile, Role, Tool } from '../../contract/route.ts'
import { actions } from '../../server/actions.ts'
import { openTerritory } from '../../server/agreement/conventions/structure-territories.queries.ts'
import { organisations, people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import { recordUsage } from '../../server/oversight/indicators/usage.ts'
import { insertAccount, insertActivity } from '../../server/people-and-rights/accounts/accounts.queries.ts'
import { insertRole } from '../../server/people-and-rights/accounts/roles.queries.ts'
import { insertGrant } from '../../server/people-and-rights/grants/grants.queries.ts'
import { insertOrganisation } from '../../server/people-and-rights/organisations/organisations.queries.ts'
import { appendAudit } from '../../server/platform/audit.ts'
import { openDatabase, ownerTransaction } from '../../server/platform/database.ts'
import { uuidv7 } from '../../server/platform/ids.ts'
import { buildServer } from '../../server/platform/server.ts'
import { tokenHash } from '../../server/platform/session-cookie.ts'
import { addDays, parisDay, systemClock } from '../../server/platform/time.ts'
import { expectProvider } from '../../server/signing-in/identity/identity.queries.ts'
import { openFirstEnrolment } from '../../server/signing-in/identity/second-factors.queries.ts'
import { importRegister } from '../../server/territory-and-register/register/import-register.ts'
import { importClpe } from '../../server/territory-and-register/territories/import-clpe.ts'
import { saveAlias } from '../../server/territory-and-register/territories/import-territories.queries.ts'
import {
  type Cog,
  importTerritories,
  readCog,
} from '../../server/territory-and-register/territories/import-territories.ts'
import { createTaskForce } from '../../server/territory-and-register/territories/task-forces.queries.ts'
import { currentTerritory } from '../../server/territory-and-register/territories/territories.queries.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../../server/work-with-employers/correspondents/testing.ts'
import { layAccountManagers } from './account-managers.ts'
import { layConventions } from './conventions.ts'
import { inventedCompanies } from './invented-companies.ts'
import { layTextsAndTools } from './texts-and-tools.ts'

const clpe = {
  code: 'CLPE33002',
  name: 'Bordeaux hors Métropole',
  alias: 'Cœur de Gironde',
  epcis: ['243301165', '243301264', '243301355', '243301215', '243301439', '243301249'],
}
const neighbour = { code: 'CLPE33003', name: 'Bordeaux Métropole', epcis: ['243300316'] }
const edition = { edition: '2026-05', inForceFrom: '2026-05-01' }
const companies = 1400

interface Urls {
  readonly ownerUrl: string
  readonly webUrl: string
}
/**
 * Lays the demonstration on an empty database; answers whether there was anything to do. Stopped half-way, the next
 * start lays it anew.
 */
export const seed = async ({ ownerUrl, webUrl }: Urls): Promise<boolean> => {
  const owner = new pg.Client(ownerUrl)
  await owner.connect()
  try {
    const {
      rows: [done],
    } = await owner.query(
      "select exists (select from audit_entries where action = 'demonstration.laid') as laid, exists (select from organisations) as begun",
    )
    if (done.laid) return false
    if (done.begun) await clear(owner)
    const today = parisDay(systemClock())
    const cog = readCog()
    await importTerritories(owner, cog, today)
    await importClpe(owner, clpeFile(cog), edition, today)
    await saveAlias(owner, 'clpe', clpe.code, clpe.alias)
    const clpeId = (await currentTerritory(owner, 'clpe', clpe.code))!.id
    await layRegister(owner, cog, today)
    await layPeople(ownerUrl, clpeId)
    await layWork(owner, webUrl, clpeId, today)
    const act = {
      at: systemClock(),
      actorId: null,
      organisationId: null,
      origin: 'mise en service, npm start',
      requestId: '',
    }
    await ownerTransaction(ownerUrl, db =>
      appendAudit(db, act, [{ action: 'demonstration.laid', subject: ['installation', 'demonstration'] }], uuidv7),
    )
    return true
  } finally {
    await owner.end()
  }
}

const communesOf = (cog: Cog, epcis: readonly string[]) =>
  cog.epcis.filter(e => epcis.includes(e.code)).flatMap(e => e.membres.map(m => m.code))
const clpeFile = (cog: Cog) =>
  [
    'commune_id,territoire_id,territoire_libelle',
    ...[clpe, neighbour].flatMap(c => communesOf(cog, c.epcis).map(code => `${code},${c.code},${c.name}`)),
  ].join('\n')

const layRegister = async (owner: pg.Client, cog: Cog, today: string) => {
  const wanted = new Set(communesOf(cog, clpe.epcis))
  const communes = cog.communes
    .filter(c => c.type === 'commune-actuelle' && wanted.has(c.code))
    .map(c => ({ code: c.code, name: c.nom, postalCode: c.codesPostaux?.[0] ?? '', population: c.population ?? 0 }))
  const { establishments, units } = inventedCompanies(communes, companies)
  const folder = mkdtempSync(join(tmpdir(), 'campagnes-seed-'))
  try {
    const files = [join(folder, 'StockUniteLegale_utf8.csv'), join(folder, 'StockEtablissement_utf8.csv')] as const
    writeFileSync(files[0], units)
    writeFileSync(files[1], establishments)
    await importRegister(owner, files, { area: null, activeOnly: false, scopeName: 'démonstration', today })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const rights: Partial<Record<keyof typeof people, readonly (readonly [Tool, Profile, 'clpe' | 'epci'])[]>> = {
  claire: [
    ['campagnes', 'conseiller', 'clpe'],
    ['fiche-etablissement', 'conseiller', 'clpe'],
    ['fiche-recrutement', 'consultation', 'epci'],
  ],
  karim: [
    ['campagnes', 'conseiller', 'clpe'],
    ['fiche-etablissement', 'conseiller', 'clpe'],
  ],
  ines: [
    ['campagnes', 'pilote', 'clpe'],
    ['fiche-etablissement', 'conseiller', 'clpe'],
  ],
  paul: [
    ['campagnes', 'pilote', 'clpe'],
    ['fiche-etablissement', 'conseiller', 'clpe'],
  ],
  nadia: [
    ['campagnes', 'conseiller', 'clpe'],
    ['fiche-etablissement', 'conseiller', 'clpe'],
  ],
}
const grantsFrom = '2026-01-05'
const nouvelleAquitaine = 1075
const rolesOf: Partial<Record<keyof typeof people, readonly Role[]>> = {
  maite: ['correspondant-si'],
  gilles: ['signataire'],
  bruno: ['signataire'],
  paul: ['signataire'],
  odile: ['cssi', 'rssi', 'dpd'],
  samir: ['administrateur', 'rgc', 'support'],
  sylvie: ['direction-regionale', 'signataire'],
}

/** Two whom the account manager has to look at: soon suspended for inactivity, and suspended already. */
const atRisk = [
  {
    id: '01938000-0000-7000-9000-000000000051',
    givenName: 'Étienne',
    familyName: 'Lacoste',
    job: 'Conseiller entreprises',
    quietFor: 52,
  },
  {
    id: '01938000-0000-7000-9000-000000000052',
    givenName: 'Lucile',
    familyName: 'Berthome',
    job: 'Conseillère entreprises',
    quietFor: 80,
  },
] as const
const layPeople = async (ownerUrl: string, clpeId: number) => {
  const createdAt = new Date(`${grantsFrom}T08:00:00Z`)
  await ownerTransaction(ownerUrl, async db => {
    for (const { id, siret, name, kind } of Object.values(organisations)) {
      await insertOrganisation(db, { id, siret: Number(siret), name, kind, createdAt })
    }
    // The providers by which the people of the demonstration come: their first sign-in is linked as of old.
    for (const { siret, idpId } of Object.values(people))
      await expectProvider(db, {
        organisationId: Object.values(organisations).find(o => o.siret === siret)!.id,
        idpId,
        at: createdAt,
      })
    await layConventions(db, nouvelleAquitaine, createdAt, parisDay(systemClock()))
    for (const [key, person] of Object.entries(people) as [keyof typeof people, StandInPerson][]) {
      if (!person.accountId) continue
      const organisationId = Object.values(organisations).find(o => o.siret === person.siret)!.id
      await insertAccount(db, {
        id: person.accountId,
        organisationId,
        givenName: person.givenName,
        familyName: person.usualName,
        function: person.function,
        email: person.email,
        createdAt,
      })
      for (const [tool, profile, where] of rights[key] ?? []) {
        await insertGrant(db, {
          id: uuidv7(),
          accountId: person.accountId,
          organisationId,
          tool,
          profile,
          territoryId: where === 'clpe' ? clpeId : Number(clpe.epcis[0]),
          reason: 'Prospection de la task force entreprise',
          startsOn: grantsFrom,
          grantedBy: null,
          grantedAt: createdAt,
        })
      }
      for (const role of rolesOf[key] ?? []) {
        await insertRole(db, {
          id: uuidv7(),
          accountId: person.accountId,
          organisationId,
          role,
          regionId: role === 'direction-regionale' ? nouvelleAquitaine : null,
          startsAt: createdAt,
          assignedBy: null,
          reason: 'Désignation par la structure',
          seenAt: systemClock(), // as its holder's activity below: the demonstration may be laid years later
        })
      }
      await insertActivity(db, person.accountId, organisationId, systemClock())
      await openFirstEnrolment(db, person.accountId, new Date('2099-12-31T00:00:00Z')) // one tries the second factor on any day
    }
    for (const { id, kind } of Object.values(organisations)) {
      if (kind !== 'operateur')
        await openTerritory(
          db,
          {
            id: uuidv7(),
            organisationId: id,
            territoryId: clpeId,
            setBy: people.sylvie.accountId!,
            reason: 'Territoire du comité local où la structure intervient',
          },
          createdAt,
        )
    }
    for (const { id, givenName, familyName, job, quietFor } of atRisk) {
      const organisationId = organisations.jalleEauBourde.id
      await insertAccount(db, {
        id,
        organisationId,
        givenName,
        familyName,
        function: job,
        email: `${givenName.normalize('NFD').replace(/\W/g, '').toLowerCase()}.${familyName.toLowerCase()}@jalle-eau-bourde.example`,
        createdAt,
      })
      await insertGrant(db, {
        id: uuidv7(),
        accountId: id,
        organisationId,
        tool: 'campagnes',
        profile: 'conseiller',
        territoryId: clpeId,
        reason: 'Prospection de la task force entreprise',
        startsOn: grantsFrom,
        grantedBy: null,
        grantedAt: createdAt,
      })
      await insertActivity(db, id, organisationId, new Date(systemClock().getTime() - quietFor * 86_400_000))
    }
    const accounts = Object.values(people)
      .filter(p => p.accountId)
      .map(p => ({ id: p.accountId!, organisationId: Object.values(organisations).find(o => o.siret === p.siret)!.id }))
    await layTextsAndTools(db, accounts, people.samir.accountId!, { from: createdAt, now: systemClock() })
    const members = [
      organisations.jalleEauBourde,
      organisations.montesquieu,
      organisations.missionLocale,
      organisations.plie,
      organisations.franceTravail,
    ].map(o => o.id)
    await createTaskForce(db, clpeId, {
      pilotId: organisations.jalleEauBourde.id,
      memberIds: members,
      sensitiveSectors: ['43', '55', '56', '88'],
    })
  })
}

const layWork = async (owner: pg.Client, webUrl: string, clpeId: number, today: string) => {
  let now = systemClock()
  const database = openDatabase(webUrl, { connections: 2 })
  // What they do counts as use of the tools, on its day.
  const usage = recordUsage(database, {
    clock: () => now,
    onError: error => {
      throw error
    },
  })
  const server = await buildServer({
    database,
    actions,
    onAnswered: usage.onAnswered,
    publicUrl: 'http://localhost',
    originKey: randomBytes(32),
    clock: () => now,
    requestsPerMinute: 1_000_000,
    shedLoad: false,
  })
  const sessions = new Map<string, string>()
  const signIn = async (person: StandInPerson) => {
    const token = randomBytes(32).toString('base64url')
    await owner.query(
      "insert into sessions (id, token_hash, account_id, created_at, last_seen_at, acr, second_factor, second_factor_at, proven_at) values ($1, $2, $3, now(), now(), 'eidas2', 'proconnect', now(), now())",
      [uuidv7(), tokenHash(token), person.accountId],
    )
    return `session=${token}`
  }
  /** What a person does through the API, on a day; anything but a success is a fault of the demonstration. */
  const as = async <T>(
    person: StandInPerson,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    on = today,
  ): Promise<T> => {
    now = on === today ? systemClock() : new Date(`${on}T10:00:00Z`)
    const cookie = sessions.get(person.id) ?? (await signIn(person))
    sessions.set(person.id, cookie)
    const answer = await server.inject({
      method,
      url: `/api${path}`,
      headers: { cookie },
      ...(body ? { payload: body } : {}),
    })
    if (answer.statusCode !== 200) throw new Error(`demonstration: ${method} ${path}: ${answer.body}`)
    return answer.json() as T
  }
  const { jalleEauBourde, missionLocale, plie, franceTravail, montesquieu } = organisations
  const members = (...some: { id: string }[]) => some.map(o => o.id)
  const accounts = (...some: StandInPerson[]) => some.map(person => person.accountId!)
  type Campaign = { id: string }
  type Targets = { items: { establishment: { siret: string } }[] }
  const prepare = async (pilot: StandInPerson, campaign: object, criteria: object, on: string) => {
    const { id } = await as<Campaign>(pilot, 'POST', '/campaigns', campaign, on)
    await as(pilot, 'POST', `/campaigns/${id}/targets`, { criteria }, on)
    return id
  }
  const targetsOf = async (id: string, person: StandInPerson) =>
    (await as<Targets>(person, 'GET', `/campaigns/${id}/targets?limit=200`)).items.map(t => t.establishment.siret)
  /** A card read before calling; now and then, the search and the campaign that led to it. */
  const before = async (person: StandInPerson, campaignId: string, siret: string, n: number, on: string) => {
    if (n % 4 === 0) await as(person, 'GET', '/establishments?q=construction&limit=1', undefined, on)
    if (n % 3 === 0) await as(person, 'GET', `/campaigns/${campaignId}`, undefined, on)
    await as(person, 'GET', `/establishments/${siret}`, undefined, on)
  }
  try {
    await layAccountManagers(as, today)
    const past = await prepare(
      people.ines,
      {
        name: 'Emplois d’été dans la restauration',
        purpose: 'fidelisation',
        description: 'Reprendre contact avec les restaurateurs qui ont recruté des saisonniers l’an passé.',
        territoryId: clpeId,
        startsOn: addDays(today, -190),
        endsOn: addDays(today, -70),
        memberIds: members(jalleEauBourde, missionLocale, montesquieu),
        contactDelayDays: 30,
        leadIds: accounts(people.ines),
        goals: [
          { kind: 'etablissements-contactes', value: 30 },
          { kind: 'besoins', value: 8 },
        ],
        step: 'etablissements',
      },
      { activities: ['56'], employer: true },
      addDays(today, -195),
    )
    await as(people.ines, 'POST', `/campaigns/${past}/open`, undefined, addDays(today, -190))
    const summer = await targetsOf(past, people.ines)
    for (const [n, siret] of summer.slice(0, 34).entries()) {
      const [person, day] = [n % 2 ? people.karim : people.claire, addDays(today, -185 + n * 3)] as const
      await before(person, past, siret, n, day)
      await as(
        person,
        'POST',
        '/exchanges',
        { siret, campaignId: past, ...closed[n % closed.length]!, occurredOn: day, nextAction: null },
        day,
      )
    }
    await as(people.ines, 'POST', `/campaigns/${past}/close`, undefined, addDays(today, -69))

    const open = await prepare(
      people.ines,
      {
        name: 'Apprentissage dans le bâtiment',
        purpose: 'prospection',
        description:
          'Faire connaître l’apprentissage aux entreprises du bâtiment de trois salariés et plus, avant les inscriptions de printemps.',
        territoryId: clpeId,
        startsOn: addDays(today, -42),
        endsOn: addDays(today, 75),
        memberIds: members(jalleEauBourde, missionLocale, plie, franceTravail, montesquieu),
        contactDelayDays: 30,
        leadIds: accounts(people.ines, people.paul),
        goals: [
          { kind: 'etablissements-contactes', value: 80 },
          { kind: 'rendez-vous', value: 15 },
          { kind: 'besoins', value: 20 },
        ],
        step: 'etablissements',
      },
      { activities: ['41', '43'], employer: true },
      addDays(today, -45),
    )
    await as(people.ines, 'POST', `/campaigns/${open}/open`, undefined, addDays(today, -42))
    const building = await targetsOf(open, people.ines)
    const team = [people.claire, people.karim, people.nadia, people.claire, people.paul]
    for (const [n, siret] of building.slice(0, 46).entries()) {
      const day = addDays(today, -40 + Math.floor(n * 0.85))
      const what = said[(n * 5 + 1) % said.length]!
      const due = addDays(today, [-3, 0, 1, 4, 9, 16][n % 6]!)
      await before(team[n % team.length]!, open, siret, n, day)
      await as(
        team[n % team.length]!,
        'POST',
        '/exchanges',
        {
          siret,
          campaignId: open,
          ...what,
          occurredOn: day,
          visibility: n % 11 === 3 ? 'organisation' : 'reseau',
          nextAction: planned(what.result, due, n),
        },
        day,
      )
    }
    // Some taken long ago and left there: what is stuck.
    for (const [n, siret] of building.slice(46, 50).entries())
      await as(
        people.claire,
        'POST',
        `/campaigns/${open}/targets/${siret}/take`,
        undefined,
        n < 2 ? addDays(today, -17) : today,
      )
    for (const [n, siret] of building.slice(50, 53).entries())
      await as(
        people.karim,
        'POST',
        `/campaigns/${open}/targets/${siret}/take`,
        undefined,
        n < 1 ? addDays(today, -20) : today,
      )

    // A draft that meets the open one: its pilot has conflicts to decide.
    await prepare(
      people.paul,
      {
        name: 'Artisans du second œuvre',
        purpose: 'prospection',
        description: 'Proposer des parcours d’insertion aux artisans qui peinent à recruter.',
        territoryId: clpeId,
        startsOn: addDays(today, 7),
        endsOn: addDays(today, 120),
        memberIds: members(plie, missionLocale),
        contactDelayDays: 30,
        leadIds: accounts(people.paul),
        goals: [{ kind: 'etablissements-contactes', value: 60 }],
        step: 'etablissements',
      },
      { activities: ['43.3', '43.9', '96'], employer: true },
      today,
    )

    // Requests that wait for the account manager: for oneself, and for a colleague whose work one leads.
    await as(people.ines, 'POST', '/habilitations/requests', {
      tool: 'fiche-recrutement',
      profile: 'consultation',
      perimeter: { territoryId: clpeId },
      purpose: 'recrutement',
      reason: 'Préparer les recrutements de l’été avec les employeurs',
    })
    await as(people.ines, 'POST', '/habilitations/requests', {
      accountId: people.claire.accountId,
      tool: 'campagnes',
      profile: 'responsable',
      perimeter: { territoryId: clpeId },
      purpose: 'suivi',
      reason: 'Répartir les cibles en mon absence',
    })

    await layCorrespondents(owner, [...building.slice(0, 12), ...summer.slice(0, 6)])
    await usage.stop()
  } finally {
    await owner.query('delete from sessions where account_id = any ($1)', [Object.values(people).map(p => p.accountId)])
    await server.close()
    await database.close()
  }
}

const said = [
  {
    channel: 'telephone',
    result: 'besoin-detecte',
    personMet: 'La gérante',
    notes: 'Cherche à renforcer l’équipe au printemps ; ouverte à un premier essai en immersion.',
    need: 'Un apprenti dès mars',
  },
  { channel: 'telephone', result: 'absent', personMet: null, notes: 'Répondeur ; message laissé.', need: null },
  {
    channel: 'visite',
    result: 'rendez-vous-pris',
    personMet: 'Le responsable d’atelier',
    notes: 'Visite des locaux, bon accueil. Souhaite revoir les aides à l’embauche.',
    need: null,
  },
  {
    channel: 'telephone',
    result: 'a-rappeler',
    personMet: 'L’accueil',
    notes: 'Demande d’être rappelé en début de semaine, le matin.',
    need: null,
  },
  {
    channel: 'courriel',
    result: 'pas-de-besoin',
    personMet: 'La responsable administrative',
    notes: 'Effectif complet jusqu’à l’été.',
    need: null,
  },
  { channel: 'telephone', result: 'injoignable', personMet: null, notes: 'Troisième essai sans réponse.', need: null },
  {
    channel: 'visio',
    result: 'besoin-detecte',
    personMet: 'Le gérant',
    notes: 'Deux départs prévus ; préfère des candidats du secteur.',
    need: 'Deux postes en CDI',
  },
] as const
// A campaign that is over leaves nothing to call back.
const closed = said.filter(s => s.result !== 'a-rappeler' && s.result !== 'rendez-vous-pris')
const planned = (result: string, dueOn: string, n: number) =>
  result === 'a-rappeler'
    ? { kind: 'rappel', dueOn }
    : result === 'rendez-vous-pris'
      ? { kind: 'rendez-vous', dueOn, dueAt: n % 2 ? '14:30' : '10:00' }
      : result === 'besoin-detecte'
        ? { kind: 'visite', dueOn }
        : null

// Telephone numbers of the range kept for fiction.
const contacts = [
  ['Mme', 'Solène', 'Arrivet', 'Gérante'],
  ['M.', 'Bastien', 'Courmont', 'Responsable d’exploitation'],
  ['Mme', 'Maud', 'Verlaguet', 'Assistante de direction'],
  ['M.', 'Idriss', 'Laforgue', 'Gérant'],
] as const
const layCorrespondents = async (owner: pg.Client, sirets: readonly string[]) => {
  for (const [n, siret] of sirets.entries()) {
    const [civility, givenName, familyName, role] = contacts[n % contacts.length]!
    const {
      rows: [place],
    } = await owner.query(
      'select region_id as "regionId", departement_id as "departementId", epci_id as "epciId", clpe_id as "clpeId" from establishments where siret = $1',
      [Number(siret)],
    )
    const by = { organisationId: organisations.jalleEauBourde.id, authorId: people.claire.accountId }
    await insertCorrespondent(
      owner,
      aCorrespondent({
        siret: Number(siret),
        ...place,
        values: [
          aValue('civility', civility, by),
          aValue('givenName', givenName, by),
          aValue('familyName', `${familyName}`, by),
          aValue('role', role, by),
          aValue('phone', `+3353649${String(1000 + n)}`, by),
        ],
      }),
    )
  }
}

/**
 * A first laying that was stopped: nothing of it was anyone's work yet. What refers to an organisation goes with it;
 * the trail, which refers to nothing, stays.
 */
const clear = (owner: pg.Client) => owner.query('truncate organisations cascade')

// The launcher runs this file apart and hands over the addresses, which hold passwords, by message.
if (import.meta.main && process.send) {
  process.once('disconnect', () => process.exit())
  process.once('message', async (urls: Urls) => {
    process.send!({ laid: await seed(urls) })
    process.disconnect()
  })
}
