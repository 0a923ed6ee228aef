import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, OrganisationRef, oneOf, PageQuery, PersonRef } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { Campaign, TargetStatus } from './campaigns.ts'

const CampaignParams = Type.Object({ campaignId: Id })
const Days = Type.Optional(
  Type.Integer({
    minimum: 1,
    maximum: 365,
    default: 14,
    description: 'Au-delà de combien de jours sans suite une chose est dite bloquée',
  }),
)
const counts = {
  targets: Type.Integer(),
  taken: Type.Integer(),
  contacted: Type.Integer(),
  reached: Type.Integer({
    description: 'Cibles dont un interlocuteur a été joint, dans un échange partagé avec le réseau',
  }),
  needs: Type.Integer(),
  hires: Type.Integer({ description: 'Embauches notées, des besoins partagés avec le réseau nés d’un échange' }),
}
export const ProgressLine = Type.Object({ code: Nullable(Type.String()), label: Type.String(), ...counts })

export const funnelSteps = ['targets', 'contacted', 'reached', 'meeting', 'need', 'hire'] as const
export const zoneKinds = ['departement', 'epci', 'commune'] as const
export const stuckKinds = ['untouched', 'late', 'silent', 'undecided', 'waiting'] as const

export const getProgress = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/progress',
  tag: 'Campagnes',
  summary:
    'L’avancement : couverture par semaine, entonnoir, structures, secteurs, zones, tailles, résultats, et ce qui est bloqué',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object({ days: Days }),
  reply: Type.Object({
    targets: Type.Integer(),
    contacted: Type.Integer(),
    setAside: Type.Integer(),
    goal: Nullable(Type.Integer()),
    byStatus: Type.Array(Type.Object({ status: TargetStatus, count: Type.Integer() })),
    weeks: Type.Array(
      Type.Object({
        from: Day,
        until: Day,
        contacted: Type.Integer({ description: 'Cibles contactées au moins une fois, cumulées jusqu’à ce jour' }),
        expected: Nullable(
          Type.Integer({ description: 'Ce que donnerait un rythme égal jusqu’à l’objectif ; absent sans objectif' }),
        ),
      }),
    ),
    funnel: Type.Array(Type.Object({ step: oneOf(funnelSteps), count: Type.Integer() })),
    needs: Type.Object(
      { noted: Type.Integer(), open: Type.Integer(), hires: Type.Integer() },
      { description: 'Besoins partagés avec le réseau nés d’un échange de la campagne, et leurs embauches' },
    ),
    byOrganisation: Type.Array(
      Type.Object({
        organisation: OrganisationRef,
        taken: Type.Integer(),
        contacted: Type.Integer(),
        contacts: Type.Integer(),
        needs: Type.Integer(),
        noted: Type.Integer({ description: 'Besoins que cette structure a notés' }),
        hires: Type.Integer({ description: 'Embauches que cette structure a permises' }),
        lastContactOn: Nullable(Day),
        silent: Type.Boolean({
          description: 'Sans contact depuis `days` jours, la campagne étant ouverte depuis autant',
        }),
      }),
    ),
    bySector: Type.Array(Type.Object({ ...ProgressLine.properties, divisions: Type.Array(ProgressLine) })),
    byZone: Type.Object({ kind: oneOf(zoneKinds), lines: Type.Array(ProgressLine) }),
    bySize: Type.Array(ProgressLine),
    byResult: Type.Object({
      lines: Type.Array(Type.Object({ code: Type.String(), label: Type.String(), count: Type.Integer() })),
      hidden: Type.Integer({ description: 'Échanges dont le résultat n’est pas ouvert à qui demande' }),
    }),
    /**
     * One's own line; for who leads in their organisation, the lines of its people. Nobody sees the advisors of another
     * organisation.
     */
    byAdvisor: Type.Object({
      lead: Type.Boolean(),
      lines: Type.Array(
        Type.Object({
          person: PersonRef,
          taken: Type.Integer(),
          untouched: Type.Integer(),
          contacts: Type.Integer(),
          contacted: Type.Integer(),
          late: Type.Integer(),
        }),
      ),
    }),
    stuck: Type.Object({
      days: Type.Integer(),
      counts: Type.Array(Type.Object({ kind: oneOf(stuckKinds), count: Type.Integer() })),
    }),
    asOf: Instant,
  }),
})

export const listStuck = defineRoute({
  method: 'GET',
  path: '/campaigns/:campaignId/stuck',
  tag: 'Campagnes',
  summary: 'Ce qui est bloqué : cibles prises et sans suite, prochaines actions en retard',
  needs: 'campagnes:consultation',
  params: CampaignParams,
  query: Type.Object({ kind: oneOf(['untouched', 'late']), days: Days, ...PageQuery }),
  reply: listOf(
    Type.Object({
      id: Type.String(),
      establishment: EstablishmentLine,
      organisation: OrganisationRef,
      person: Nullable(PersonRef), // one's own name, and those of the people one leads
      since: Type.Object({
        on: Day,
        what: oneOf(['taken', 'rappel', 'visite', 'rendez-vous', 'envoi-information', 'transmission']),
      }),
    }),
  ),
})

/** What waits for a pilot: campaigns that end or have ended, and what is blocked in each, as its progress counts it. */
export const listPiloted = defineRoute({
  method: 'GET',
  path: '/piloted-campaigns',
  tag: 'Campagnes',
  summary: 'Les campagnes que je pilote, en préparation ou ouvertes : ce qui y est bloqué',
  needs: 'campagnes:pilote',
  reply: Type.Object({
    items: Type.Array(
      Type.Object({
        campaign: Campaign,
        stuck: Type.Array(Type.Object({ kind: oneOf(stuckKinds), count: Type.Integer() })),
      }),
      { description: '50 au plus, la première à finir d’abord' },
    ),
    days: Type.Integer({ description: 'Sans suite depuis autant de jours' }),
  }),
})
