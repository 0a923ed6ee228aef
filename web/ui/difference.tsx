import { type ReactNode, useId } from 'react'
import { Button } from './button.tsx'
import './difference.css'

export interface Compared {
  readonly label: string
  readonly mine: string
  readonly theirs: string
}

/** Each answer chosen apart: whose stands in the form now. */
export interface Choice {
  readonly chosen: (label: string) => 'mine' | 'theirs'
  readonly onChoose: (label: string, whose: 'mine' | 'theirs') => void
}
interface DifferenceProps {
  rows: readonly Compared[]
  choice?: Choice
  onKeepMine: () => void
  onTakeTheirs: () => void
  children?: ReactNode
}

/**
 * Two people wrote the same thing (412): what each wrote, and whose stays, of the whole or of each answer. Stands in a
 * form's error summary; nothing typed is lost until one chooses.
 */
export const Difference = ({ rows, choice, onKeepMine, onTakeTheirs, children }: DifferenceProps) => {
  const differing = rows.filter(({ mine, theirs }) => mine !== theirs)
  return (
    <div className="cc-difference">
      <p>
        Une autre personne a enregistré une modification depuis que vous avez ouvert cette page. Votre saisie est
        toujours là.
      </p>
      {children}
      {differing.length === 0 ? (
        <p>Ce qui est enregistré est le même que votre saisie.</p>
      ) : (
        <Differing rows={differing} theirsHead="Enregistré entre-temps" {...(choice ? { choice } : {})} />
      )}
      <div className="cc-buttons">
        <Button type="submit" size="small" onClick={onKeepMine}>
          {choice && differing.length > 0 ? 'Enregistrer ces réponses' : 'Enregistrer ma saisie'}
        </Button>
        <Button size="small" priority="tertiary" onClick={onTakeTheirs}>
          {choice && differing.length > 0 ? 'Garder tout ce qui est enregistré' : 'Reprendre ce qui est enregistré'}
        </Button>
      </div>
    </div>
  )
}

/** The answers that differ, side by side; with `choice`, one of the two is chosen for each. */
export const Differing = ({
  rows,
  choice,
  theirsHead,
}: {
  rows: readonly Compared[]
  choice?: Choice
  theirsHead: string
}) => {
  const name = useId()
  const answer = (label: string, whose: 'mine' | 'theirs', words: string) =>
    choice ? (
      <label className="cc-difference__choice">
        <input
          type="radio"
          name={`${name}${label}`}
          checked={choice.chosen(label) === whose}
          onChange={() => choice.onChoose(label, whose)}
        />
        <span>
          {words || <em>vide</em>}
          <span className="fr-sr-only">, {whose === 'mine' ? 'votre saisie' : theirsHead.toLowerCase()}</span>
        </span>
      </label>
    ) : (
      words || <em>vide</em>
    )
  return (
    <table>
      <caption className={choice ? '' : 'fr-sr-only'}>
        {choice ? 'Choisissez, réponse par réponse' : 'Ce qui diffère'}
      </caption>
      <thead>
        <tr>
          <th scope="col">Champ</th>
          <th scope="col">Votre saisie</th>
          <th scope="col">{theirsHead}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, mine, theirs }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{answer(label, 'mine', mine)}</td>
            <td>{answer(label, 'theirs', theirs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
