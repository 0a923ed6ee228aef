import { Type } from 'typebox'
import { Day, Id, Instant, listOf, Nullable, OrganisationRef, oneOf, PageQuery, PersonRef } from '../common.ts'
import { defineRoute } from '../route.ts'
import { EstablishmentLine } from '../territory-and-register/establishments.ts'
import { TargetStatus } from './campaigns.ts'

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
}
export const ProgressLine = Type.Object({ code: Nullable(Type.String()), label: Type.String(), ...counts })

export const funnelSteps = ['targets', 'contacted', 'reached', 'meeting', 'need'] as const
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
    byOrganisation: Type.Array(
      Type.Object({
        organisation: OrganisationRef,
        taken: Type.Integer(),
        contacted: Type.Integer(),
        contacts: Type.Integer(),
        needs: Type.Integer(),
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
      person: PersonRef,
      since: Type.Object({
        on: Day,
        what: oneOf(['taken', 'rappel', 'visite', 'rendez-vous', 'envoi-information', 'transmission']),
      }),
    }),
  ),
})
