import { useDeferredValue, useState } from 'react'
import { publishTemplate } from '../../../contract/agreement/conventions.ts'
import { missingAnnexes, noValues, render, unknownPlaceholders } from '../../../contract/agreement/template.ts'
import { call } from '../../platform/api.ts'
import { formatList } from '../../platform/format.ts'
import { queryClient } from '../../platform/query.ts'
import { Columns, Form, Notice, Section, TextArea, TextField } from '../../ui/index.ts'
import { TemplateText } from './template-text.tsx'
import { type Kept, key } from './templates.ts'

const kindWords = { text: 'texte', date: 'date', list: 'liste, seule sur sa ligne' } as const

export const Editor = ({
  start,
  version,
  placeholders,
  onEnd,
}: {
  start: { title: string; body: string }
  version: number
  placeholders: Kept['placeholders']
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
            draft={{ name: 'template', version }}
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
              hint="« # » ouvre un titre, « ## » un article ou une annexe, « ### » un intertitre (3.1), « - » ou « 1. » un élément de liste, « | » une ligne de tableau, dont la première est l’en-tête"
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
                  {unknown.map(({ line, name }, at) => (
                    <li key={`${line} ${name} ${String(at)}`}>
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
