import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { listTemplates, publishTemplate } from '../../contract/conventions.ts'
import type { Reply } from '../../contract/route.ts'
import { missingAnnexes, noValues, render, unknownPlaceholders } from '../../contract/template.ts'
import { call } from '../platform/api.ts'
import { formatInstant, formatList } from '../platform/format.ts'
import { queryClient } from '../platform/query.ts'
import {
  Badge,
  Button,
  ButtonRow,
  Columns,
  DataTable,
  Form,
  Loaded,
  Notice,
  Page,
  Section,
  TextArea,
  TextField,
} from '../ui/index.ts'
import { TemplateText } from './template-text.tsx'
import './conventions.css'

type Templates = Reply<typeof listTemplates>
const key = ['conventions', 'templates']
const kindWords = { text: 'texte', date: 'date', list: 'liste, seule sur sa ligne' } as const

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
    </Page>
  )
}

const Templates = ({ items, shipped, placeholders, allowed }: Templates) => {
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

const Editor = ({
  start,
  version,
  placeholders,
  onEnd,
}: {
  start: { title: string; body: string }
  version: number
  placeholders: Templates['placeholders']
  onEnd: () => void
}) => {
  const [body, setBody] = useState(start.body)
  const seen = useDeferredValue(body)
  const unknown = unknownPlaceholders(seen)
  const absent = missingAnnexes(seen)
  return (
    <Columns shape="aside">
      <div>
        <Section title={`Préparer la version ${version}`}>
          <Form
            submit={`Publier la version ${version}`}
            busyWords="Publication…"
            done={`La version ${version} est publiée.`}
            onCancel={onEnd}
            onSubmit={async ({ title }, { idempotencyKey }) => {
              await call(publishTemplate, { body: { title: title!, body }, idempotencyKey })
              await queryClient.invalidateQueries({ queryKey: key })
              onEnd()
            }}
          >
            <TextField name="title" label="Titre" required maxLength={200} defaultValue={start.title} />
            <TextArea
              name="body"
              label="Texte, en Markdown"
              hint="« # » ouvre un titre, « ## » un intertitre ou une annexe, « - » un élément de liste"
              required
              rows={24}
              maxLength={200_000}
              value={body}
              onChange={setBody}
              check={value =>
                unknownPlaceholders(value).length > 0
                  ? 'Corrigez les champs inconnus.'
                  : missingAnnexes(value).length > 0
                    ? 'Ajoutez les annexes absentes.'
                    : undefined
              }
            />
            {unknown.length > 0 && (
              <Notice tone="error" title={unknown.length < 2 ? 'Un champ n’existe pas' : 'Des champs n’existent pas'}>
                <ul>
                  {unknown.map(({ line, name }, n) => (
                    <li key={`${line} ${name} ${String(n)}`}>
                      Ligne {line} : le champ « {name} » n’existe pas.
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
            {absent.length > 0 && (
              <Notice tone="error">
                {absent.length < 2 ? 'Il manque l’annexe' : 'Il manque les annexes'} {formatList(absent)} : chacune
                s’ouvre par une ligne « ## Annexe ».
              </Notice>
            )}
          </Form>
        </Section>
        <Section title="Aperçu, champs vides">
          <TemplateText blocks={render(seen, noValues)} />
        </Section>
      </div>
      <Section title="Champs">
        <p className="fr-text--sm">
          Chacun s’écrit entre doubles accolades. Un champ vide paraît marqué dans le texte, jusqu’à ce que le projet le
          remplisse.
        </p>
        <ul className="fr-text--sm cc-fields">
          {placeholders.map(({ name, kind, says }) => (
            <li key={name}>
              <code>{`{{${name}}}`}</code> : {says.charAt(0).toLowerCase() + says.slice(1)} ({kindWords[kind]})
            </li>
          ))}
        </ul>
      </Section>
    </Columns>
  )
}
