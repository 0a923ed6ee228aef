import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { theStructure, toStructure } from '../../../contract/names-in-french.ts'
import type { Reply } from '../../../contract/route.ts'
import {
  answerSatisfaction,
  ratings,
  refuseSatisfaction,
  satisfactionLink,
} from '../../../contract/work-with-employers/needs/satisfaction.ts'
import { ask } from '../../platform/api.ts'
import { formatDay, formatInstant } from '../../platform/format.ts'
import { useLinkToken } from '../../platform/link-token.ts'
import { ApiProblem } from '../../platform/problem.ts'
import { Button, Form, Link, Loaded, Notice, Page, RadioKeys, Refused, Section, TextArea } from '../../ui/index.ts'
import { ratingWords } from './words.ts'

type Asked = Reply<typeof satisfactionLink>
type Rating = (typeof ratings)[number]

const incomplete = () =>
  new ApiProblem('satisfaction/link-unknown', 404, {
    title: 'Lien incomplet',
    detail: 'Ouvrez le lien en entier, tel que vous l’avez reçu par courriel.',
  })
const over: Record<Exclude<Asked['state'], 'open'>, string> = {
  answered: 'Votre réponse est déjà enregistrée. Merci.',
  expired: 'Ce lien a plus de trente jours : la question n’attend plus de réponse.',
  refused: 'Vous ne souhaitez plus être interrogé : la question n’attend plus de réponse.',
}

/** What the mail to an employer leads to: no account, no session. Opening it writes nothing. */
export default function AnswerPage() {
  const token = useLinkToken()
  const [done, setDone] = useState<'answered' | 'refused'>()
  const link = useQuery({
    queryKey: ['satisfaction-link'],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) => (token ? ask(satisfactionLink, { token }, { signal }) : Promise.reject(incomplete())),
  })
  const state = done ?? link.data?.state
  return (
    <Page title="Votre avis, en une question" width="narrow">
      <Loaded query={link} lines={6}>
        {asked => (
          <>
            <div role="status">
              {done === 'answered' && <Notice tone="success" title="Merci, votre réponse est enregistrée" />}
              {done === 'refused' && (
                <Notice tone="success" title="C’est noté">
                  Aucune question de ce genre ne vous sera plus envoyée à cette adresse.
                </Notice>
              )}
            </div>
            {!done && asked.state !== 'open' && <Notice>{over[asked.state]}</Notice>}
            {state === 'open' && <Question asked={asked} token={token} onAnswered={() => setDone('answered')} />}
            <Why asked={asked} open={state === 'open'} />
            {state !== 'refused' && <NoMore token={token} onRefused={() => setDone('refused')} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

const Question = ({ asked, token, onAnswered }: { asked: Asked; token: string; onAnswered: () => void }) => (
  <Form
    draft="secret"
    submit="Envoyer mon avis"
    onSubmit={async ({ rating, comment }) => {
      await ask(answerSatisfaction, {
        token,
        rating: rating as Rating,
        ...(comment?.trim() ? { comment: comment.trim() } : {}),
      })
      onAnswered()
    }}
  >
    <p>
      Le {formatDay(asked.notedOn)}, vous avez parlé d’un besoin de votre entreprise {toStructure(asked.organisation)}.
      Il est clos.
    </p>
    <RadioKeys
      name="rating"
      label="Êtes-vous satisfait de la réponse reçue ?"
      required
      layout="column"
      options={ratings.toReversed().map(value => ({ value, label: ratingWords[value] }))}
    />
    <TextArea
      name="comment"
      label="Ce que vous voulez ajouter"
      hint="Ne nommez personne : ni candidat, ni conseiller."
      maxLength={500}
      rows={4}
    />
  </Form>
)

const Why = ({ asked, open }: { asked: Asked; open: boolean }) => (
  <Section title="Qui vous interroge, et pourquoi">
    <p>
      Les structures du réseau pour l’emploi qui ont suivi votre besoin, dont {theStructure(asked.organisation)}. Elles
      seules lisent votre réponse, pour mieux vous servir ; le réseau compte les réponses, sans dire de qui. Répondre
      est facultatif, et ne change rien à ce que le réseau fait pour vous.
    </p>
    <p>
      {open && <>Vous pouvez répondre une fois, jusqu’au {formatInstant(asked.expiresAt)}. </>}
      Votre commentaire est effacé douze mois après ; le choix reste avec le besoin. Une question vous est envoyée au
      plus tous les quatre-vingt-dix jours.
    </p>
    <p>
      <Link href="/donnees-personnelles">Vos données et vos droits</Link>
    </p>
  </Section>
)

const NoMore = ({ token, onRefused }: { token: string; onRefused: () => void }) => {
  const refuse = useMutation({ mutationFn: () => ask(refuseSatisfaction, { token }), onSuccess: onRefused })
  return (
    <Section title="Ne plus être interrogé">
      <p>Plus aucune question de ce genre ne vous sera envoyée, quel que soit le membre du réseau.</p>
      <Button priority="secondary" busy={refuse.isPending} onClick={() => refuse.mutate()}>
        Ne plus me demander
      </Button>
      {refuse.error && <Refused problem={refuse.error} />}
    </Section>
  )
}
