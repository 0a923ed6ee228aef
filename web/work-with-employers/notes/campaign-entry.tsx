import { memo } from 'react'
import { formatDay, formatSiret } from '../../platform/format.ts'
import { Badge, Link, type ListItemProps, sameLine } from '../../ui/index.ts'
import { type CampaignLine, turnWords } from './campaign-words.ts'

/** What a campaign did with the employer, one day; `elsewhere`: at another establishment of the company. */
const OneTurn = ({ line, elsewhere, item }: { line: CampaignLine; elsewhere: boolean; item: ListItemProps }) => (
  <li {...item} className="cc-entry">
    <h3 className="cc-entry__head" tabIndex={-1} data-row-stop="">
      <strong>{formatDay(line.day)}</strong>
      <span className="cc-entry__by">{line.organisation?.name ?? 'Répertoire SIRENE'}</span>
      {elsewhere && (
        <Link href={`/etablissements/${line.siret}`}>
          {line.establishmentName ?? `SIRET ${formatSiret(line.siret)}`}
        </Link>
      )}
      <Badge>campagne</Badge>
    </h3>
    <p>
      {turnWords(line)} : <Link href={`/campagnes/${line.campaign.id}`}>{line.campaign.name}</Link>
    </p>
  </li>
)
export const CampaignEntry = memo(OneTurn, sameLine)
