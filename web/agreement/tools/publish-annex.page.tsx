import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listAnnex4, publishAnnex4 } from '../../../contract/agreement/tools.ts'
import { type Tool, tools } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatList, today } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { toolWords } from '../../platform/words.ts'
import { Card, CheckboxGroup, DateField, Form, Loaded, Notice, Page, TextArea, TextField } from '../../ui/index.ts'
import { rightsChanged } from '../texts/queries.ts'

export default function PublishAnnexPage() {
  const versions = useQuery({ queryKey: ['tools', 'annex'], queryFn: ({ signal }) => call(listAnnex4, { signal }) })
  return (
    <Page
      title="Publier l’annexe 4"
      width="narrow"
      breadcrumb={[{ label: 'Outils communs', href: '/outils' }]}
      lead="La liste entière des outils communs à compter d’un jour donné."
    >
      <Loaded query={versions}>
        {({ items }) => <AnnexForm last={items[0]?.entries ?? []} known={items.length > 0} />}
      </Loaded>
    </Page>
  )
}

type Entry = {
  tool: Tool
  purpose: string
  dataCategories: string[]
  commitments: string
  documentationUrl: string | null
}
const AnnexForm = ({ last, known }: { last: readonly Entry[]; known: boolean }) => {
  const go = useGo()
  const before = known ? last.map(e => e.tool) : [...tools]
  const [chosen, setChosen] = useState<readonly string[]>(before)
  const withdrawn = before.filter(tool => !chosen.includes(tool))
  return (
    <Form
      submit="Publier"
      busyWords="Publication…"
      done="L’annexe 4 est publiée."
      onCancel={() => go('/outils')}
      onSubmit={async (values, { idempotencyKey }) => {
        const entries = tools
          .filter(tool => chosen.includes(tool))
          .map(tool => ({
            tool,
            purpose: values[`${tool}.purpose`]!.trim(),
            dataCategories: values[`${tool}.data`]!.split('\n')
              .map(line => line.trim())
              .filter(Boolean),
            commitments: values[`${tool}.commitments`]!.trim(),
            documentationUrl: values[`${tool}.documentation`]?.trim() || null,
          }))
        await call(publishAnnex4, {
          body: { inForceOn: values.inForceOn!, note: values.note!.trim(), entries },
          idempotencyKey,
        })
        await rightsChanged()
        go('/outils')
      }}
    >
      <CheckboxGroup
        name="entries"
        label="Outils de cette version"
        value={chosen}
        onChange={setChosen}
        options={tools.map(value => ({ value, label: toolWords[value] }))}
      />
      {withdrawn.length > 0 && (
        <Notice tone="warning" title="Des habilitations prendront fin">
          Toutes les habilitations pour {formatList(withdrawn.map(tool => `« ${toolWords[tool]} »`))} prendront fin le
          jour d’effet. Elles ne reviendront pas si l’outil revient.
        </Notice>
      )}
      <DateField
        name="inForceOn"
        label="Jour d’effet"
        required
        min={today()}
        defaultValue={today()}
        hint="Aujourd’hui : dès la publication. Plus tard : à minuit, heure de Paris."
      />
      <TextField name="note" label="Ce qui change" required maxLength={500} />
      {tools
        .filter(tool => chosen.includes(tool))
        .map(tool => {
          const entry = last.find(e => e.tool === tool)
          return (
            <Card key={tool} title={toolWords[tool]}>
              <TextArea
                name={`${tool}.purpose`}
                label={`Finalité de ${toolWords[tool]}`}
                required
                rows={2}
                maxLength={500}
                defaultValue={entry?.purpose ?? ''}
              />
              <TextArea
                name={`${tool}.data`}
                label={`Catégories de données de ${toolWords[tool]}`}
                hint="Une par ligne"
                required
                rows={4}
                defaultValue={entry?.dataCategories.join('\n') ?? ''}
              />
              <TextArea
                name={`${tool}.commitments`}
                label={`Engagements de service de ${toolWords[tool]}`}
                required
                rows={2}
                maxLength={1000}
                defaultValue={entry?.commitments ?? ''}
              />
              <TextField
                name={`${tool}.documentation`}
                label={`Documentation de ${toolWords[tool]}`}
                hint="Une adresse en https://"
                maxLength={300}
                defaultValue={entry?.documentationUrl ?? ''}
                check={url => (/^https:\/\/\S+$/.test(url) ? undefined : 'L’adresse commence par https://')}
              />
            </Card>
          )
        })}
    </Form>
  )
}
