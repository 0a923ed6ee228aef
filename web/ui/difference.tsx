import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import './difference.css'

export interface Compared { readonly label: string; readonly mine: string; readonly theirs: string }

/** Two people wrote the same thing (412): what each wrote, and whose stays. Stands in a form's error summary; nothing typed is lost until one chooses. */
export const Difference = ({ rows, onKeepMine, onTakeTheirs, children }: { rows: readonly Compared[]; onKeepMine: () => void; onTakeTheirs: () => void; children?: ReactNode }) => {
  const differing = rows.filter(({ mine, theirs }) => mine !== theirs)
  return (
    <div className="cc-difference">
      <p>Une autre personne a enregistré une modification depuis que vous avez ouvert cette page. Votre saisie est toujours là.</p>
      {children}
      {differing.length === 0
        ? <p>Ce qui est enregistré est le même que votre saisie.</p>
        : (
            <table>
              <caption className="fr-sr-only">Ce qui diffère</caption>
              <thead><tr><th scope="col">Champ</th><th scope="col">Votre saisie</th><th scope="col">Enregistré entre-temps</th></tr></thead>
              <tbody>
                {differing.map(({ label, mine, theirs }) => (
                  <tr key={label}><th scope="row">{label}</th><td>{mine || <em>vide</em>}</td><td>{theirs || <em>vide</em>}</td></tr>
                ))}
              </tbody>
            </table>
          )}
      <div className="cc-buttons">
        <Button type="submit" size="small" onClick={onKeepMine}>Enregistrer ma saisie</Button>
        <Button size="small" priority="tertiary" onClick={onTakeTheirs}>Reprendre ce qui est enregistré</Button>
      </div>
    </div>
  )
}
