import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listDrafts } from '../../../contract/work-with-employers/drafts.ts'
import { call } from '../../platform/api.ts'
import { Button, Section } from '../../ui/index.ts'
import { startedWords } from './draft-words.tsx'
import { RecordExchange } from './record-exchange.tsx'
import { employerName } from './words.ts'
import './exchange.css'

/** Exchanges that one began to record, here or elsewhere; nothing when there is none. */
export const OwnDrafts = () => {
  const [opened, setOpened] = useState<{ readonly siret: string; readonly name: string } | null>(null)
  const { data } = useQuery({ queryKey: ['drafts'], queryFn: ({ signal }) => call(listDrafts, { signal }) })
  const begun = (data?.items ?? []).flatMap(({ kind, siret, establishmentName, ...draft }) =>
    kind === 'exchange' && siret ? [{ ...draft, siret, name: employerName({ establishmentName, siret }) }] : [],
  )
  return (
    <>
      {begun.length > 0 && (
        <Section title="Mes saisies en cours">
          <ul className="cc-results cc-drafts">
            {begun.map(draft => (
              <li key={draft.siret}>
                <span>
                  <strong>{draft.name}</strong>
                  <span className="fr-hint-text">{startedWords(draft)}</span>
                </span>
                <Button size="small" priority="secondary" onClick={() => setOpened(draft)}>
                  Reprendre<span className="fr-sr-only"> la saisie avec {draft.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {opened && <RecordExchange siret={opened.siret} name={opened.name} onClose={() => setOpened(null)} />}
    </>
  )
}
