import type { Profile, Role, Tool } from '../../contract/route.ts'
import { openTerritory } from '../../server/agreement/partners/structure-territories.queries.ts'
import { organisations, people, type StandInPerson } from '../../server/demonstration/stand-in/people.ts'
import { insertAccount, insertActivity } from '../../server/people-and-rights/accounts/accounts.queries.ts'
import { insertRole } from '../../server/people-and-rights/accounts/roles.queries.ts'
import { insertGrant } from '../../server/people-and-rights/grants/grants.queries.ts'
import { insertOrganisation } from '../../server/people-and-rights/organisations/organisations.queries.ts'
import { type Db, ownerTransaction } from '../../server/platform/database.ts'
import { uuidv7 } from '../../server/platform/ids.ts'
import { parisDay, systemClock } from '../../server/platform/time.ts'
import { expectProvider } from '../../server/signing-in/identity/identity.queries.ts'
import { openFirstEnrolment } from '../../server/signing-in/identity/second-factors.queries.ts'
import { createTaskForce } from '../../server/territory-and-register/territories/task-forces.queries.ts'
import { layConventions } from './conventions.ts'
import { layDirectory } from './directory.ts'
import { clpe } from './register.ts'
import { layTextsAndTools } from './texts-and-tools.ts'

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
    ['fiche-recrutement', 'consultation', 'clpe'],
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

const createdAt = new Date(`${grantsFrom}T08:00:00Z`)
/** An account, with its grants, its roles and its activity of today. */
const layPerson = async (db: Db, key: keyof typeof people, person: StandInPerson, clpeId: number) => {
  if (!person.accountId) return
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
/** Where each structure may be given grants. */
const openTerritories = async (db: Db, clpeId: number) => {
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
}
const layAtRisk = async (db: Db, clpeId: number) => {
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
}
export const layPeople = async (ownerUrl: string, clpeId: number) => {
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
      await layPerson(db, key, person, clpeId)
    }
    await layDirectory(db, siret => Object.values(organisations).find(o => o.siret === siret)!.id, createdAt)
    await openTerritories(db, clpeId)
    await layAtRisk(db, clpeId)
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
