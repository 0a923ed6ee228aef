import { useQuery } from '@tanstack/react-query'
import type { Reply } from '../../../contract/route.ts'
import { listRegisterMoves } from '../../../contract/work-with-employers/register-moves.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatDay } from '../../platform/format.ts'
import { lineName, townWords } from '../../platform/names.ts'
import { Link, Refused } from '../../ui/index.ts'

type Move = Reply<typeof listRegisterMoves>['items'][number]

/** What the register closed or moved among what one took care of, for thirty days (CAM-14). */
export const RegisterMoves = () => {
  const { data, error, refetch } = useQuery({
    queryKey: ['portfolio', 'register-moves'],
    queryFn: ({ signal }) => call(listRegisterMoves, { signal }),
    refetchOnMount: 'always',
  })
  if (error && !data) return <Refused problem={error} retry={() => void refetch()} />
  if (!data?.items.length) return null
  return (
    <section className="cc-handed" aria-labelledby="repertoire">
      <h2 id="repertoire" className="fr-h6 fr-mb-1w">
        {formatCount(
          data.items.length,
          'établissement que le répertoire a fermé, déplacé ou masqué',
          'établissements que le répertoire a fermés, déplacés ou masqués',
        )}
      </h2>
      <ul className="cc-handed__list">
        {data.items.map(move => (
          <li key={move.id}>
            <span>
              <Link href={`/etablissements/${move.establishment.siret}`}>{lineName(move.establishment)}</Link> :{' '}
              <What move={move} />
              <span className="fr-hint-text">{whatFollowed(move)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const What = ({ move: { successor, closedOn, objects, undone } }: { move: Move }) => {
  if (objects)
    return undone ? <>la personne ne s’oppose plus</> : <>la personne s’oppose à la diffusion de ses données</>
  if (undone) return <>le répertoire s’est corrigé, il est de nouveau ouvert</>
  if (successor)
    return (
      <>
        continue avec <Link href={`/etablissements/${successor.siret}`}>son nouvel établissement</Link>
        {successor.town && `, ${townWords(successor.town)}`}
      </>
    )
  return <>fermé{closedOn && ` le ${formatDay(closedOn)}`}</>
}

const fate: Record<Move['campaigns'][number]['outcome'], string> = {
  stopped: 'mis de côté dans',
  aside: 'mis de côté dans',
  carried: 'suivi dans',
  merged: 'suivi dans',
}
const needsWords = (needs: number, followed: boolean) =>
  followed
    ? formatCount(needs, 'besoin suivi', 'besoins suivis')
    : formatCount(needs, 'besoin en cours', 'besoins en cours')
/** « Mis de côté dans « Automne » ; 1 action arrêtée. » */
const whatFollowed = ({ campaigns, actions, needs, successor, undone }: Move) => {
  const verb = undone ? 'rétablie' : successor ? 'suivie' : 'arrêtée'
  const parts = [
    ...campaigns.map(({ name, outcome }) => `${undone ? 'rétabli dans' : fate[outcome]} «\u00A0${name}\u00A0»`),
    ...(actions ? [formatCount(actions, `action ${verb}`, `actions ${verb}s`)] : []),
    ...(needs ? [needsWords(needs, successor !== null && !undone)] : []),
  ].join(' ; ')
  return parts && `${parts.charAt(0).toUpperCase()}${parts.slice(1)}.`
}
