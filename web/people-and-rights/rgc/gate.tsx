import { Badge, Link, Section } from '../../ui/index.ts'
import type { Overview } from './words.ts'

/** Where one does oneself what is missing. */
const ways: Partial<Record<NonNullable<Overview['gate']>[number]['term'], { href: string; words: string }>> = {
  cgu: { href: '/conditions', words: 'Lire et accepter' },
  'second-factor': { href: '/mon-compte', words: 'Mon compte' },
}
/** Each condition in the order in which it is obtained, done or not, and who must act. */
export const Gate = ({ gate }: { gate: NonNullable<Overview['gate']> }) => {
  const left = gate.filter(step => !step.done).length
  return (
    <Section title="Votre accès à la gestion des comptes">
      <p>
        {left === 0 ? (
          <>
            Toutes les conditions sont remplies : la gestion des comptes vous est ouverte.{' '}
            <Link href="/habilitations">Habilitations</Link>
          </>
        ) : (
          `Il reste ${left === 1 ? 'une condition' : `${left} conditions`} à remplir.`
        )}
      </p>
      <ol className="cc-rgc-steps">
        {gate.map(({ term, done, sentence, whoActs }) => (
          <li key={term}>
            <Badge tone={done ? 'success' : 'warning'}>{done ? 'fait' : 'manque'}</Badge> {sentence}
            {!done && <span className="fr-hint-text">Qui agit : {whoActs}</span>}
            {!done && ways[term] && <Link href={ways[term].href}>{ways[term].words}</Link>}
          </li>
        ))}
      </ol>
    </Section>
  )
}
