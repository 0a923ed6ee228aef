import { Link } from '../../ui/index.ts'
import './precedence.css'

/** Convention, art. 12: which text prevails when two say different things. */
export const Precedence = () => (
  <ol className="cc-precedence">
    <li>
      <strong>La convention</strong> que votre structure a signée.
    </li>
    <li>
      <strong>Ses annexes</strong>, dont <Link href="/outils#annexe-4">l’annexe 4, les outils communs</Link>.
    </li>
    <li>
      <strong>Les conditions générales d’utilisation</strong> du portail (CGU).
    </li>
    <li>
      <strong>Les conditions particulières</strong> de chaque outil (CPU).
    </li>
  </ol>
)
