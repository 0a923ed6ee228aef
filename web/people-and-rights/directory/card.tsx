import { useQuery } from '@tanstack/react-query'
import { getDirectoryCard } from '../../../contract/people-and-rights/directory.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatPhone } from '../../platform/format.ts'
import { asProblem } from '../../platform/problem.ts'
import { useMe } from '../../platform/session.ts'
import { Button, Facts, Loaded, Notice } from '../../ui/index.ts'
import { readsDirectory } from './reads-directory.ts'
import { awayWords, collaboratorName, heldByPlace } from './words.ts'

type Card = Reply<typeof getDirectoryCard>

/** How to reach someone of the network, and what they work on. `instead`: what is said to who reads no directory. */
export const DirectoryCard = ({ accountId, instead }: { accountId: string; instead: string }) => {
  const me = useMe()
  const reads = readsDirectory(me)
  const query = useQuery({
    queryKey: ['directory', 'card', accountId],
    queryFn: ({ signal }) => call(getDirectoryCard, { params: { accountId }, signal }),
    enabled: reads,
  })
  if (!reads) return <p>{instead}</p>
  if (query.isError && asProblem(query.error).code === 'not-found')
    return <p>Cette personne n’est pas dans l’annuaire : elle ne tient pas d’habilitation en vigueur.</p>
  return (
    <Loaded query={query} lines={4}>
      {card => (
        <>
          {card.awayUntil && <Notice tone="warning" title={`${awayWords(card.awayUntil)}.`} />}
          <Reach card={card} own={accountId === me.account.id} />
          <Facts
            items={[
              ['Structure', card.organisation.name],
              card.agency && ['Agence', card.agency.name],
              ...heldByPlace(card).map(({ place, tools }) => [place, tools] as const),
            ]}
          />
        </>
      )}
    </Loaded>
  )
}

const Reach = ({ card, own }: { card: Card; own: boolean }) => (
  <>
    <div className="cc-buttons fr-mb-2w">
      {card.phone && (
        <Button size="large" icon="fr-icon-phone-line" href={`tel:${card.phone}`}>
          <span className="fr-sr-only">Appeler {collaboratorName(card)} au </span>
          {formatPhone(card.phone)}
        </Button>
      )}
      {card.workEmail && (
        <Button size="large" priority="secondary" icon="fr-icon-mail-line" href={`mailto:${card.workEmail}`}>
          <span className="fr-sr-only">Écrire à {collaboratorName(card)}, </span>
          {card.workEmail}
        </Button>
      )}
      {own && (
        <Button size="large" priority="tertiary" href="/annuaire/moi">
          Tenir ma fiche
        </Button>
      )}
    </div>
    {!card.phone && (
      <p className="fr-hint-text">
        {card.phoneHidden
          ? own
            ? 'Votre téléphone est masqué : personne ne le voit.'
            : 'Cette personne ne montre pas son téléphone.'
          : own
            ? 'Vous n’avez pas encore indiqué de téléphone.'
            : 'Cette personne n’a pas indiqué de téléphone.'}
      </p>
    )}
  </>
)
