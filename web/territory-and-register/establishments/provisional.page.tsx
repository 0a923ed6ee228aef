import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createProvisional } from '../../../contract/territory-and-register/establishments.ts'
import { call } from '../../platform/api.ts'
import { formatSiret } from '../../platform/format.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { Button, ButtonRow, type Choice, Form, Link, Notice, Page } from '../../ui/index.ts'
import { mayCreateSomewhere } from './provisional.tsx'
import { ProvisionalFields } from './provisional-fields.tsx'
import { cardQuery } from './queries.ts'

const crumbs = [{ label: 'Établissements', href: '/etablissements' }]
const known = new Set(['establishment/already-known', 'establishment/already-provisional'])

export default function ProvisionalPage() {
  const [{ siret = '' }] = useAddress()
  const may = mayCreateSomewhere(useMe())
  if (!/^\d{14}$/.test(siret))
    return (
      <Page
        title="Créer une fiche provisoire"
        breadcrumb={crumbs}
        lead="Une fiche provisoire se crée pour un SIRET de 14 chiffres que la recherche n’a pas trouvé."
      >
        <ButtonRow>
          <Button href="/etablissements">Chercher un établissement</Button>
        </ButtonRow>
      </Page>
    )
  return (
    <Page
      title="Créer une fiche provisoire"
      breadcrumb={crumbs}
      lead={`SIRET ${formatSiret(siret)}, que le répertoire SIRENE importé ici ne connaît pas encore.`}
    >
      {may ? (
        <Fields siret={siret} />
      ) : (
        <>
          <Notice title="Réservé aux conseillers">
            Il faut le profil « conseiller » de la fiche établissement. Adressez-vous au responsable de gestion de
            comptes (RGC) de votre structure.
          </Notice>
          <ButtonRow>
            <Button href="/etablissements" priority="secondary">
              Revenir à la recherche
            </Button>
          </ButtonRow>
        </>
      )}
    </Page>
  )
}

const Fields = ({ siret }: { siret: string }) => {
  const go = useGo()
  const client = useQueryClient()
  const [commune, setCommune] = useState<Choice | null>(null)
  const [activity, setActivity] = useState<Choice | null>(null)
  return (
    <>
      <p>
        La fiche sera visible de toutes les personnes dont le périmètre couvre la commune. Dès que le répertoire connaît
        ce SIRET, il la confirme ; ce que vous saisissez reste à côté, avec votre nom et la date.
      </p>
      <Form
        draft={{ name: 'provisional', about: siret }}
        submit="Créer la fiche"
        done="La fiche provisoire est créée."
        onCancel={() => go(`/etablissements?q=${siret}`)}
        explain={problem =>
          known.has(problem.code) ? (
            <p>
              {problem.detail} <Link href={`/etablissements/${siret}`}>Ouvrir la fiche</Link>
            </p>
          ) : undefined
        }
        onSubmit={async ({ name = '' }, { idempotencyKey }) => {
          const card = await call(createProvisional, {
            body: {
              siret,
              name: name.trim(),
              communeCode: commune!.value,
              ...(activity ? { activity: activity.value } : {}),
            },
            idempotencyKey,
          })
          client.setQueryData(cardQuery(siret).queryKey, card)
          void client.invalidateQueries({ queryKey: ['establishments', 'search'] })
          go(`/etablissements/${siret}`)
        }}
      >
        <ProvisionalFields commune={commune} setCommune={setCommune} activity={activity} setActivity={setActivity} />
      </Form>
    </>
  )
}
