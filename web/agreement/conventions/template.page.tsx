import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listTemplates } from '../../../contract/agreement/conventions.ts'
import { noValues, render } from '../../../contract/agreement/template.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { Badge, Button, ButtonRow, DataTable, Loaded, Notice, Page, Section } from '../../ui/index.ts'
import { OperatorIdentity } from './operator-identity.tsx'
import { Editor } from './template-editor.tsx'
import { TemplateText } from './template-text.tsx'
import { type Kept, key } from './templates.ts'
import './conventions.css'

/** AGR-1: the text from which conventions are composed, kept by version by the operator. */
export default function TemplatePage() {
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => call(listTemplates, { signal }) })
  return (
    <Page
      title="Modèle de convention"
      breadcrumb={[{ label: 'Conventions', href: '/conventions' }]}
      lead="Le texte d’où les conventions sont composées. Une version publiée ne change plus ; les documents déjà composés gardent la leur."
    >
      <Loaded query={query} lines={8}>
        {templates => <Templates {...templates} />}
      </Loaded>
      <OperatorIdentity />
    </Page>
  )
}

const Templates = ({ items, shipped, placeholders, allowed }: Kept) => {
  const last = items[0]
  const [read, setRead] = useState<string | null>(null)
  const [writing, setWriting] = useState(false)
  const shown = items.find(item => item.id === read) ?? last ?? shipped
  const next = (last?.version ?? 0) + 1
  return (
    <>
      {items.length === 0 && (
        <Notice>
          L’opérateur n’a encore rien publié : les conventions se composent du modèle abrégé livré avec le service.
        </Notice>
      )}
      {writing ? (
        <Editor start={last ?? shipped} version={next} placeholders={placeholders} onEnd={() => setWriting(false)} />
      ) : (
        <>
          {allowed.includes('publish') ? (
            <ButtonRow>
              <Button onClick={() => setWriting(true)}>Préparer la version {String(next)}</Button>
            </ButtonRow>
          ) : (
            <p className="fr-text--sm">Les administrateurs de l’opérateur le publient.</p>
          )}
          {items.length > 0 && (
            <Section title="Versions">
              <DataTable
                caption="Versions du modèle, la dernière d’abord"
                hideCaption
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  {
                    head: 'Version',
                    cell: ({ version }) => (
                      <>
                        {version}{' '}
                        {version === last!.version ? (
                          <Badge tone="success">en vigueur</Badge>
                        ) : (
                          <Badge>remplacée</Badge>
                        )}
                      </>
                    ),
                  },
                  { head: 'Titre', cell: ({ title }) => title },
                  { head: 'Publiée', cell: ({ publishedAt }) => formatInstant(publishedAt) },
                ]}
                acts={({ id, version }) => (
                  <Button size="small" priority="tertiary" onClick={() => setRead(id)}>
                    Lire<span className="fr-sr-only"> la version {version}</span>
                  </Button>
                )}
              />
            </Section>
          )}
          <Section title={'version' in shown ? `Texte de la version ${shown.version}` : 'Texte du modèle abrégé'}>
            <TemplateText blocks={render(shown.body, noValues)} />
          </Section>
        </>
      )}
    </>
  )
}
