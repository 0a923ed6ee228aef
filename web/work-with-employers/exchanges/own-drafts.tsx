import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listDrafts } from '../../../contract/work-with-employers/drafts.ts'
import { call } from '../../platform/api.ts'
import { Button, draftStart, Link, Section } from '../../ui/index.ts'
import { RecordExchange } from './record-exchange.tsx'
import { employerName } from './words.ts'
import './exchange.css'

/** What one began to type, here or elsewhere: exchanges, and any long form; nothing when there is none. */
export const OwnDrafts = () => {
  const [opened, setOpened] = useState<{ readonly siret: string; readonly name: string } | null>(null)
  const { data } = useQuery({ queryKey: ['drafts'], queryFn: ({ signal }) => call(listDrafts, { signal }) })
  const begun = (data?.items ?? []).flatMap(({ kind, siret, establishmentName, ...draft }) =>
    kind === 'exchange' && siret ? [{ ...draft, siret, name: employerName({ establishmentName, siret }) }] : [],
  )
  const forms = (data?.items ?? []).flatMap(({ form, establishmentName, ...draft }) =>
    form ? [{ ...draft, path: form.path, name: [form.title, establishmentName].filter(Boolean).join(' · ') }] : [],
  )
  return (
    <>
      {begun.length + forms.length > 0 && (
        <Section title="Mes saisies en cours">
          <ul className="cc-results cc-drafts">
            {begun.map(draft => (
              <li key={draft.siret}>
                <span>
                  <strong>{draft.name}</strong>
                  <span className="fr-hint-text">{draftStart(draft)}</span>
                </span>
                <Button size="small" priority="secondary" onClick={() => setOpened(draft)}>
                  Reprendre<span className="fr-sr-only"> la saisie avec {draft.name}</span>
                </Button>
              </li>
            ))}
            {forms.map(({ name, path, ...draft }) => (
              <li key={`${draft.kind} ${draft.subject}`}>
                <span>
                  <strong>{name}</strong>
                  <span className="fr-hint-text">{draftStart(draft)}</span>
                </span>
                <Link className="fr-btn fr-btn--sm fr-btn--secondary" href={path}>
                  Reprendre<span className="fr-sr-only"> la saisie : {name}</span>
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {opened && <RecordExchange siret={opened.siret} name={opened.name} onClose={() => setOpened(null)} />}
    </>
  )
}
