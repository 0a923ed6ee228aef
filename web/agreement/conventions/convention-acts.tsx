import { Button, ButtonRow, Link, Section } from '../../ui/index.ts'
import type { Part } from './convention-part.ts'
import { SigningButtons } from './who-signs.tsx'
import { awaitsParty, type Convention } from './words.ts'

const toSign = (convention: Convention) =>
  ['sent', 'signed-by-one'].includes(convention.state)
    ? null
    : (convention.amendments.find(
        one =>
          one.effectiveAt === null &&
          one.closed === null &&
          convention.actsFor !== null &&
          awaitsParty(convention, one.documentId, convention.actsFor),
      ) ?? null)
export const MainAct = ({ convention, onAsk }: Part) => {
  const amendment = toSign(convention)
  return (
    <ButtonRow>
      <SigningButtons convention={convention} onAsk={onAsk} amendment={amendment} />
      {convention.allowed.includes('enter-signatures') && ['sent', 'signed-by-one'].includes(convention.state) && (
        <Button priority="secondary" onClick={() => onAsk({ act: 'enter-signatures' })}>
          Enregistrer un exemplaire signé à la main
        </Button>
      )}
      {convention.allowed.includes('send') && (
        <Button onClick={() => onAsk({ act: 'send' })}>Envoyer à la signature</Button>
      )}
      {convention.allowed.includes('edit') && (
        <Link className="fr-btn fr-btn--secondary" href={`/conventions/${convention.id}/projet`}>
          Modifier le projet
        </Link>
      )}
    </ButtonRow>
  )
}

export const OtherActs = ({ convention, onAsk }: Part) => {
  const acts = (
    [
      ['amend', 'Proposer un avenant'],
      ['give-notice', 'Donner congé'],
      ['notify-breach', 'Notifier un manquement'],
      ['give-notice', 'Enregistrer un congé reçu', true],
      ['notify-breach', 'Enregistrer un manquement reçu', true],
      ['recall', 'Reprendre le projet'],
    ] as const
  ).filter(([act]) => convention.allowed.includes(act))
  return (
    <Section title="Faire évoluer la convention">
      {convention.entersFor.length === 2 && !['ended', 'terminated'].includes(convention.state) && (
        <p>
          <Link href="/responsables-de-comptes/acte-recu">
            Responsables de comptes : saisir un acte d’engagement signé à la main, ou un départ reçu
          </Link>
        </p>
      )}
      {acts.length > 0 ? (
        <ButtonRow>
          {acts.map(([act, label, received]) => (
            <Button
              key={label}
              priority="secondary"
              onClick={() =>
                onAsk(
                  act === 'give-notice' || act === 'notify-breach' ? { act, ...(received && { received }) } : { act },
                )
              }
            >
              {label}
            </Button>
          ))}
        </ButtonRow>
      ) : (
        <p className="fr-mb-0">
          {['ended', 'terminated'].includes(convention.state)
            ? 'Elle est finie. Une date corrigée ou un enregistrement contesté peut encore en changer la fin. Rien n’est effacé avant la fin des durées de conservation.'
            : 'Le signataire ou le responsable opérationnel de chaque partie donne congé ; la direction régionale propose les avenants.'}
        </p>
      )}
    </Section>
  )
}
