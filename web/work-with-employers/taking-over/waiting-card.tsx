import { Button, ButtonRow, Card } from '../../ui/index.ts'
import { ofWhom, partKey, partWords, type Waiting, whose, whyWords } from './words.ts'

/**
 * What waits of one person, or of one structure, and the ways to take it. `mine`: the viewer may receive it; `anyone`:
 * someone of the structure may.
 */
export const WaitingCard = ({
  work,
  mine,
  anyone,
  busy,
  onTake,
  onChoose,
}: {
  work: Waiting
  mine: boolean
  anyone: boolean
  busy: boolean
  onTake: () => void
  onChoose: () => void
}) => (
  <Card title={whose(work)}>
    <p className="fr-text--sm fr-mb-1w">{whyWords(work)}</p>
    <ul className="fr-mb-2w">
      {work.parts.map(part => (
        <li key={partKey(part)}>{partWords(part, work.why)}</li>
      ))}
    </ul>
    {anyone ? (
      <ButtonRow>
        {mine && (
          <Button size="small" disabled={busy} onClick={onTake}>
            Tout reprendre<span className="fr-sr-only"> du travail {ofWhom(work)}</span>
          </Button>
        )}
        <Button size="small" priority={mine ? 'secondary' : 'primary'} onClick={onChoose}>
          {mine ? 'Choisir ou confier' : 'Confier'}
          <span className="fr-sr-only"> le travail {ofWhom(work)}</span>
        </Button>
      </ButtonRow>
    ) : (
      <p className="fr-text--sm fr-mb-0">Dans votre structure, personne de présent n’est habilité à le reprendre.</p>
    )}
  </Card>
)
