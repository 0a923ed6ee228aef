import { useQuery } from '@tanstack/react-query'
import { getFollowed } from '../../../contract/work-with-employers/register-moves.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, formatList } from '../../platform/format.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { Link, Notice } from '../../ui/index.ts'

/** On the card of a place that an employer left: where its history went, and how much (CAM-14). */
export const HistoryFollowed = ({ siret }: { siret: string }) => {
  const { data } = useQuery({
    queryKey: ['establishments', siret, 'followed'],
    queryFn: ({ signal }) => call(getFollowed, { params: { siret }, signal }),
  })
  if (!data?.followed) return null
  const { at, successor, exchanges, lastExchangeOn, peopleMet, commitments, noteCount, needs } = data.followed
  const parts = [
    exchanges > 0 &&
      `${formatCount(exchanges, 'échange')}${lastExchangeOn ? `, le dernier le ${formatDay(lastExchangeOn)}` : ''}`,
    peopleMet > 0 && formatCount(peopleMet, 'interlocuteur'),
    commitments > 0 && formatCount(commitments, 'engagement'),
    needs > 0 && formatCount(needs, 'besoin'),
    noteCount > 0 && formatCount(noteCount, 'note'),
  ].filter(part => part !== false)
  return (
    <Notice tone="info">
      L’employeur continue avec <Link href={`/etablissements/${successor.siret}`}>{lineName(successor)}</Link>
      {successor.town && `, ${townWords(successor.town)}`}. Ce que le réseau y a noté l’a suivi le{' '}
      {formatDay(dayOf(at))}
      {parts.length > 0 && ` : ${formatList(parts)}`}. Vous le lisez sur cette fiche, si elle est dans votre territoire.
    </Notice>
  )
}
