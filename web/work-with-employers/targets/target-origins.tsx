import { useQuery } from '@tanstack/react-query'
import { listTargetOrigins } from '../../../contract/work-with-employers/register-moves.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay, formatSiret } from '../../platform/format.ts'
import { Notice } from '../../ui/index.ts'
import { withinKey } from '../campaigns/queries.ts'

/** The employer was aimed at under another SIRET before the register moved it (CAM-14). Nothing where it never moved. */
export const TargetOrigins = ({ campaignId, siret }: { campaignId: string; siret: string }) => {
  const { data } = useQuery({
    queryKey: withinKey(campaignId, 'origins', siret),
    queryFn: ({ signal }) => call(listTargetOrigins, { params: { campaignId, siret }, signal }),
  })
  if (!data?.items.length) return null
  return (
    <Notice tone="info">
      {data.items.map(({ establishment, at }) => (
        <p key={`${establishment.siret} ${at}`} className="fr-mb-0">
          Suivie jusqu’au {formatDay(dayOf(at))} sous le SIRET {formatSiret(establishment.siret)}, qui a fermé : le
          répertoire a conduit ici ce qui y était noté.
        </p>
      ))}
    </Notice>
  )
}
