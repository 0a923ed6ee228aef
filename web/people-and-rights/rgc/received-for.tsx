import { Button, ButtonRow } from '../../ui/index.ts'
import type { Structure } from './words.ts'

/** What the regional direction enters for one of its structures. */
export const ReceivedFor = ({
  structure,
  onDeed,
  onDeparture,
}: {
  structure: Structure
  onDeed: (structure: Structure) => void
  onDeparture: (structure: Structure) => void
}) => {
  const { organisation, signatories, inPlace } = structure
  const of = <span className="fr-sr-only"> pour {organisation.name}</span>
  return (
    <>
      <p className="fr-text--bold fr-mb-1v">{organisation.name}</p>
      <ButtonRow>
        <Button size="small" priority="secondary" disabled={signatories.length === 0} onClick={() => onDeed(structure)}>
          Saisir un acte reçu{of}
        </Button>
        {inPlace.length > 0 && (
          <Button size="small" priority="tertiary" onClick={() => onDeparture(structure)}>
            Saisir une déclaration reçue{of}
          </Button>
        )}
      </ButtonRow>
      {inPlace.length === 0 && (
        <p className="fr-hint-text">Aucun RGC n’est en fonction : aucun départ ni aucune absence n’est à saisir.</p>
      )}
    </>
  )
}
