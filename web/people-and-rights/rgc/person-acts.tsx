import { ofName } from '../../../contract/names-in-french.ts'
import { Button } from '../../ui/index.ts'

type Act = 'certify' | 'revoke' | 'note' | 'enter'
const inForceActs = [
  ['revoke', 'Demander la révocation de'],
  ['note', 'Noter le départ de'],
  ['enter', 'Saisir la déclaration reçue pour'],
] as const

/** What the CSSI prepares for someone whom a deed names. */
export const PersonActs = ({ name, inForce, onAct }: { name: string; inForce: boolean; onAct: (act: Act) => void }) => (
  <span>
    <Button size="small" priority="secondary" onClick={() => onAct('certify')}>
      Enregistrer l’attestation {ofName(name)}
    </Button>{' '}
    {inForce &&
      inForceActs.map(([act, words]) => (
        <span key={act}>
          <Button size="small" priority="tertiary" onClick={() => onAct(act)}>
            {words} {name}
          </Button>{' '}
        </span>
      ))}
  </span>
)
