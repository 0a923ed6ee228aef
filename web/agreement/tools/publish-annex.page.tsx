import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listAnnex4, publishAnnex4 } from '../../../contract/agreement/tools.ts'
import { categories, type DataCategory, type Tool, tools } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { toast } from '../../platform/toast.ts'
import { toolWords } from '../../platform/words.ts'
import { CheckboxGroup, DateField, Form, Loaded, Page, TextField } from '../../ui/index.ts'
import { rightsChanged } from '../texts/queries.ts'
import { AnnexEntryFields, type Entry, entryOf, ofTool } from './annex-entry.tsx'
import { ConfirmClosing } from './confirm-closing.tsx'
import { ConfirmWithdrawal } from './confirm-withdrawal.tsx'
import { effectsOf } from './words.ts'

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
        {({ items }) => <AnnexForm last={items.find(item => !item.cancelled)?.entries ?? []} known={items.length} />}
      </Loaded>
    </Page>
  )
}

/** `known`: how many versions there are; a draft was written over that many. */
const AnnexForm = ({ last, known }: { last: readonly Entry[]; known: number }) => {
  const go = useGo()
  const open = last.map(e => e.tool)
  const before = (tool: Tool) => last.find(e => e.tool === tool)
  // The first version proposes all of them: none is open before it, none is withdrawn.
  const [chosen, setChosen] = useState<readonly string[]>(open.length > 0 ? open : tools)
  const withdrawn = open.filter(tool => !chosen.includes(tool))
  // A tool that the last version does not have comes with each of its categories.
  const former = categories.filter(category =>
    tools.every(tool => !ofTool(tool, [category]).length || (before(tool)?.categories.includes(category) ?? true)),
  )
  const [data, setData] = useState<readonly DataCategory[]>(former)
  const closed = open
    .filter(tool => chosen.includes(tool))
    .flatMap(tool => ofTool(tool, former).filter(category => !data.includes(category)))
  // What was confirmed: another choice asks again.
  const [confirmed, setConfirmed] = useState('')
  const isConfirmed = confirmed === withdrawn.join()
  const [closing, setClosing] = useState('')
  const isClosing = closing === closed.join()
  return (
    <Form
      submit="Publier"
      busyWords="Publication…"
      draft={{ name: 'annex', version: known }}
      onCancel={() => go('/outils')}
      onSubmit={async (values, { idempotencyKey }) => {
        const published = await call(publishAnnex4, {
          body: {
            inForceOn: values.inForceOn!,
            note: values.note!.trim(),
            entries: tools.filter(tool => chosen.includes(tool)).map(tool => entryOf(tool, values, data)),
            withdraws: isConfirmed ? withdrawn : [],
            closes: isClosing ? closed : [],
          },
          idempotencyKey,
        })
        await rightsChanged()
        toast([`La version ${published.number} de l’annexe 4 est publiée.`, ...effectsOf(published)].join(' '))
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
        <ConfirmWithdrawal
          withdrawn={withdrawn}
          confirmed={isConfirmed}
          onConfirm={yes => setConfirmed(yes ? withdrawn.join() : '')}
        />
      )}
      <DateField
        name="inForceOn"
        label="Entrée en vigueur"
        required
        min={today()}
        defaultValue={today()}
        hint="Aujourd’hui : dès la publication. Plus tard : à minuit, heure de Paris."
      />
      <TextField
        name="note"
        label="Ce qui change"
        hint="Chaque structure sous convention le lira par courriel"
        required
        maxLength={500}
      />
      {tools
        .filter(tool => chosen.includes(tool))
        .map(tool => (
          <AnnexEntryFields
            key={tool}
            tool={tool}
            before={before(tool)}
            open={ofTool(tool, data)}
            onOpen={kept =>
              setData(categories.filter(c => (ofTool(tool, [c]).length > 0 ? kept.includes(c) : data.includes(c))))
            }
          />
        ))}
      {closed.length > 0 && (
        <ConfirmClosing closed={closed} confirmed={isClosing} onConfirm={yes => setClosing(yes ? closed.join() : '')} />
      )}
    </Form>
  )
}
