import { useState } from 'react'
import { documentKinds, publishDocument } from '../../../contract/agreement/texts.ts'
import { type Tool, tools } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { toolWords } from '../../platform/words.ts'
import { Card, DateField, Form, Page, SelectField, TextArea, TextField } from '../../ui/index.ts'
import { Markdown } from './markdown.tsx'
import { rightsChanged } from './queries.ts'
import { kindWords } from './words.ts'

type Kind = (typeof documentKinds)[number]

export default function PublishTextPage() {
  const go = useGo()
  const [kind, setKind] = useState('')
  const [body, setBody] = useState('')
  return (
    <Page
      title="Publier une version"
      width="narrow"
      breadcrumb={[{ label: 'Conditions et règles', href: '/textes' }]}
      lead="Elle sera demandée à chacun dès son entrée en vigueur. Un texte publié ne se modifie plus : une nouvelle version le remplace."
    >
      <Form
        submit="Publier"
        busyWords="Publication…"
        done="La version est publiée."
        draft={{ name: 'text' }}
        onCancel={() => go('/textes')}
        onSubmit={async (values, { idempotencyKey }) => {
          const published = await call(publishDocument, {
            body: {
              kind: values.kind as Kind,
              tool: values.kind === 'cpu' ? (values.tool as Tool) : null,
              title: values.title!.trim(),
              body: values.body!.trim(),
              inForceOn: values.inForceOn!,
            },
            idempotencyKey,
          })
          await rightsChanged()
          go(`/textes/${published.id}`)
        }}
      >
        <SelectField
          name="kind"
          label="Texte"
          required
          value={kind}
          onChange={setKind}
          options={documentKinds.map(value => ({ value, label: kindWords[value] }))}
        />
        {kind === 'cpu' && (
          <SelectField
            name="tool"
            label="Outil"
            required
            options={tools.map(value => ({ value, label: toolWords[value] }))}
          />
        )}
        <TextField name="title" label="Titre" required maxLength={200} />
        <DateField
          name="inForceOn"
          label="Entrée en vigueur"
          required
          min={today()}
          defaultValue={today()}
          hint="Aujourd’hui : dès la publication. Plus tard : à minuit, heure de Paris."
        />
        <TextArea
          name="body"
          label="Texte"
          required
          rows={16}
          maxLength={100_000}
          value={body}
          onChange={setBody}
          hint="Commencez une ligne par « # » pour un titre, par « - » dans une liste ; mettez « ** » de part et d’autre de ce qui est en gras."
        />
      </Form>
      {body.trim() && (
        <Card title="Ce que chacun lira">
          <Markdown text={body} level={3} />
        </Card>
      )}
    </Page>
  )
}
