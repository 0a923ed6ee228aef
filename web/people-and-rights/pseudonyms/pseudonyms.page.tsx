import { useState } from 'react'
import { readPseudonym } from '../../../contract/people-and-rights/pseudonyms.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatDay } from '../../platform/format.ts'
import { useMe } from '../../platform/session.ts'
import { announce, Card, Facts, Form, Page, TextArea, TextField } from '../../ui/index.ts'

type Found = Reply<typeof readPseudonym>['items']

/** Who stands behind a pseudonym; the name is neither in an address nor kept on the page once it is left (ACC-6). */
export default function PseudonymsPage() {
  const [found, setFound] = useState<Found>([])
  const manages = useMe().roles.includes('rgc')
  return (
    <Page
      title="Qui est derrière un pseudonyme"
      lead="Les actes d’une personne partie restent sous « Ancien compte », suivi d’un numéro. Son nom est gardé trois ans, à part : il se lit ici avec un motif, et le journal dit qui l’a lu."
      breadcrumb={[
        manages ? { label: 'Habilitations', href: '/habilitations' } : { label: 'Sécurité', href: '/securite' },
      ]}
    >
      <Form
        draft={{ name: 'pseudonym' }}
        submit="Lire le nom"
        onSubmit={async ({ pseudonym, reason }, { idempotencyKey }) => {
          setFound([])
          const { items } = await call(readPseudonym, {
            body: { pseudonym: pseudonym!, reason: reason! },
            idempotencyKey,
          })
          setFound(items)
          announce(`C’était ${items.map(({ name }) => name).join(' ou ')}.`)
        }}
      >
        <TextField
          name="pseudonym"
          label="Pseudonyme"
          hint="Tel que la page l’écrit : Ancien compte n° A1B2C3"
          required
          maxLength={60}
          spellCheck={false}
        />
        <TextArea
          name="reason"
          label="Motif"
          hint={manages ? 'Gardé dans le journal' : 'Gardé dans le journal, et dit à la structure de cette personne'}
          required
          maxLength={300}
          rows={2}
        />
      </Form>
      {found.length > 0 && (
        <div className="fr-mt-4w">
          {found.map(person => (
            <Card key={person.accountId} title={person.name}>
              <Facts
                items={[
                  ['Fonction', person.function],
                  ['Structure', person.organisation.name],
                  ['Départ', formatDay(dayOf(person.leftAt))],
                ]}
              />
            </Card>
          ))}
        </div>
      )}
      {found.length > 1 && <p>Ces comptes portent le même pseudonyme : le journal de chacun les distingue.</p>}
    </Page>
  )
}
