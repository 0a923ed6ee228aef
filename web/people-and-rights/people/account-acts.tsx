import { useMe } from '../../platform/session.ts'
import { Button, ButtonRow } from '../../ui/index.ts'
import { fullName, type Person } from '../accounts/words.ts'
import { ExceptionalActs } from '../necessity/act-dialog.tsx'
import { LinksInPlace } from '../necessity/links-in-place.tsx'

type Act = Person['allowed'][number]
const buttons: readonly { act: Act; label: string; priority: 'primary' | 'secondary' | 'tertiary' }[] = [
  { act: 'lift', label: 'Lever la suspension', priority: 'primary' },
  { act: 'resume', label: 'Rétablir', priority: 'secondary' },
  { act: 'cancel-departure', label: 'Annuler le départ', priority: 'secondary' },
  { act: 'undo-departure', label: 'Annuler le départ', priority: 'secondary' },
  { act: 'edit', label: 'Corriger', priority: 'secondary' },
  { act: 'change-address', label: 'Changer l’adresse', priority: 'tertiary' },
  { act: 'suspend', label: 'Suspendre', priority: 'tertiary' },
  { act: 'depart', label: 'Supprimer le compte', priority: 'tertiary' },
]

/** What the viewer may do of the account; failing any, who decides. */
export const AccountActs = ({ person, onAct }: { person: Person; onAct: (act: Exclude<Act, 'grant'>) => void }) => {
  const me = useMe()
  if (person.allowed.length > 0)
    return (
      <ButtonRow>
        {buttons
          .filter(({ act }) => person.allowed.includes(act))
          .map(({ act, label, priority }) => (
            <Button key={act} size="small" priority={priority} onClick={() => onAct(act as Exclude<Act, 'grant'>)}>
              {label}
            </Button>
          ))}
      </ButtonRow>
    )
  if (person.standsIn.length > 0)
    return (
      <>
        <p className="fr-text--sm">Aucun RGC ne peut agir : en votre qualité de signataire, vous agissez à sa place.</p>
        <ExceptionalActs
          allowed={person.standsIn}
          person={{ id: person.id, name: fullName(person), grants: person.grants }}
          ground="necessity"
        />
        {person.status === 'active' && (
          <LinksInPlace person={{ id: person.id, name: fullName(person) }} ground="necessity" />
        )}
      </>
    )
  if (person.status === 'deleted') return null
  return (
    <p className="fr-text--sm">
      {person.id === me.account.id ? 'Personne ne décide pour soi-même' : 'Vous ne décidez pas pour cette personne'}.
      Qui décide ici : {person.decidedBy.charAt(0).toLowerCase()}
      {person.decidedBy.slice(1)}.
    </p>
  )
}
