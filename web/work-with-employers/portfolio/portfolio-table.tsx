import type { Reply } from '../../../contract/route.ts'
import type { listPortfolio } from '../../../contract/work-with-employers/portfolio.ts'
import { formatPhone, formatTime } from '../../platform/format.ts'
import type { useList } from '../../platform/list.ts'
import { lineName } from '../../platform/names.ts'
import { Badge, Button, DataTable, Link, RelativeDay } from '../../ui/index.ts'
import { targetStatusWords } from '../campaigns/words.ts'
import { actionWords } from '../exchanges/words.ts'
import { directions } from './distance.ts'

export type Line = Reply<typeof listPortfolio>['items'][number]

/** What the panel is opened with: the action of the line is the one it answers. */
export const recordingOf = ({ establishment, campaign, nextAction }: Line) => ({
  siret: establishment.siret,
  name: lineName(establishment),
  campaignId: campaign.id,
  actionId: nextAction?.id,
})

export const PortfolioTable = ({
  items,
  total,
  more,
  releasing,
  onRecord,
  onRelease,
}: {
  items: readonly Line[]
  total: number | undefined
  more: ReturnType<typeof useList>['more']
  releasing: boolean
  onRecord: (line: Line) => void
  onRelease: (line: Line) => void
}) => (
  <div className="cc-early-cards">
    <DataTable
      caption={`Mes cibles${total === undefined ? '' : ` (${total})`}`}
      hideCaption
      rows={items}
      keyOf={({ campaign, establishment }) => `${campaign.id}/${establishment.siret}`}
      href={({ establishment: { siret } }) => `/etablissements/${siret}`}
      columns={[
        { head: 'Établissement', cell: ({ establishment }) => lineName(establishment) },
        {
          head: 'Prochaine action',
          cell: ({ nextAction, new: fresh }) =>
            nextAction ? (
              <span>
                {actionWords[nextAction.kind]} <RelativeDay date={nextAction.dueOn} />
                {nextAction.dueAt && ` à ${formatTime(nextAction.dueAt)}`}
                {nextAction.late && (
                  <>
                    {' '}
                    <Badge tone="error">en retard</Badge>
                  </>
                )}
              </span>
            ) : fresh ? (
              <Badge tone="new">nouvelle</Badge>
            ) : (
              <span className="cc-absent">rien de prévu</span>
            ),
        },
        { head: 'État', cell: ({ status }) => targetStatusWords[status].word },
        { head: 'Lieu', cell: ({ establishment }) => establishment.town ?? '' },
        {
          head: 'Campagne',
          cell: ({ campaign }) => <Link href={`/campagnes/${campaign.id}`}>{campaign.name}</Link>,
          secondary: true,
        },
      ]}
      acts={line => (
        <span className="cc-row-acts">
          {line.phone && (
            <Link className="fr-link fr-icon-phone-line fr-link--icon-left" href={`tel:${line.phone}`}>
              <span className="fr-sr-only">Appeler {lineName(line.establishment)} au </span>
              {formatPhone(line.phone)}
            </Link>
          )}
          {line.position && (
            <Link className="fr-link" href={directions(line.position)} target="_blank">
              Itinéraire
              <span className="fr-sr-only">
                {' '}
                vers {lineName(line.establishment)}, sur OpenStreetMap, nouvelle fenêtre
              </span>
            </Link>
          )}
          {line.allowed.includes('record') && (
            <Button size="small" priority="secondary" onClick={() => onRecord(line)}>
              Échange<span className="fr-sr-only"> avec {lineName(line.establishment)}</span>
            </Button>
          )}
          {line.allowed.includes('release') && (
            <Button size="small" priority="tertiary no outline" busy={releasing} onClick={() => onRelease(line)}>
              Rendre<span className="fr-sr-only"> : {lineName(line.establishment)}</span>
            </Button>
          )}
        </span>
      )}
      {...(more ? { more } : {})}
    />
  </div>
)
