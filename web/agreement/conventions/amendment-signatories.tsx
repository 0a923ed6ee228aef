import { ofName } from '../../../contract/names-in-french.ts'
import { Button, ButtonRow } from '../../ui/index.ts'
import { AuthorityWords } from './authority-words.tsx'
import type { Part } from './convention-part.ts'
import { WhoSigns } from './who-signs.tsx'
import { type Convention, partyWords } from './words.ts'

/** Whom an amendment names to sign it, under which act, and what follows from the dates of that act (AGR-6). */
export const AmendmentSignatories = ({
  convention,
  amendment,
  onAsk,
}: Part & { amendment: Convention['amendments'][number] }) =>
  amendment.signatories.length > 0 && (
    <ul className="fr-mb-1v">
      {amendment.signatories.map(one => (
        <li key={one.party}>
          <p className="fr-text--sm fr-mb-1v">
            Pour {partyWords(one.party, convention)} : {one.name}, {one.capacity}.
          </p>
          <AuthorityWords conventionId={convention.id} authority={one} />
          <WhoSigns convention={convention} party={one.party} amendmentId={amendment.id} onAsk={onAsk} />
          {one.allowed.includes('settle') && (
            <ButtonRow>
              <Button
                size="small"
                priority="tertiary"
                onClick={() => onAsk({ act: 'authority', party: one.party, amendmentId: amendment.id })}
              >
                Compléter l’acte
                <span className="fr-sr-only"> {`${ofName(one.name)}, avenant n° ${amendment.number}`}</span>
              </Button>
            </ButtonRow>
          )}
        </li>
      ))}
    </ul>
  )
