import { useState } from 'react'
import type { Reply } from '../../contract/route.ts'
import { listNextActions } from '../../contract/work-with-employers/exchanges.ts'
import { ToolsBlock } from '../agreement/tools/home-block.tsx'
import { call } from '../platform/api.ts'
import { formatCount, formatList } from '../platform/format.ts'
import { useList } from '../platform/list.ts'
import { useGo } from '../platform/navigation.ts'
import { holds, type Me, useMe } from '../platform/session.ts'
import { SearchBox } from '../territory-and-register/establishments/search-box.tsx'
import { Columns, Empty, Notice, Page, Section } from '../ui/index.ts'
import { OwnDrafts } from '../work-with-employers/exchanges/own-drafts.tsx'
import { Charges, charges } from './charges.tsx'
import { Duties } from './duties.tsx'
import { NextActions } from './next-actions.tsx'
import { Campaigns } from './open-campaigns.tsx'
import './home.css'

/** « 3 actions en retard, 5 aujourd’hui, 12 cette semaine » : the counts are those of the list below. */
const stateOf = ({ late, today, week }: Reply<typeof listNextActions>['counts']) => {
  if (!late && !week) return 'Rien n’est prévu cette semaine.'
  const parts = [
    late && `${formatCount(late, 'action')} en retard`,
    `${late ? today : formatCount(today, 'action')} aujourd’hui`,
    `${week} dans les sept jours`,
  ].filter(part => part !== 0)
  return `${formatList(parts as string[])}.`
}

/** A person whose grants open nothing for now: what is missing is said above. */
const withheld = ({ missing }: Me) => missing.some(({ code }) => code.startsWith('grant/') && code !== 'grant/none')

export default function HomePage() {
  const me = useMe()
  const go = useGo()
  const [words, setWords] = useState('')
  const advises = holds(me, 'campagnes', 'conseiller')
  const inCharge = charges(me).length > 0
  const { query, more } = useList(
    ['next-actions'],
    (after, signal) =>
      call(listNextActions, { query: { limit: 20, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true, enabled: advises },
  )
  return (
    <Page
      title={`Bonjour ${me.account.givenName}`}
      lead={advises && query.data ? stateOf(query.data.counts) : me.organisation.name}
    >
      {me.missing.length > 0 && (
        <Notice tone="warning" title="Ce qui manque pour travailler">
          <ul>
            {me.missing.map(({ code, sentence, whoActs }) => (
              <li key={code}>
                {sentence} <strong>Qui agit : {whoActs}</strong>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {holds(me, 'fiche-etablissement', 'consultation') && (
        <SearchBox
          value={words}
          onChange={setWords}
          onSearch={() => words.trim() && go(`/etablissements?q=${encodeURIComponent(words.trim())}`)}
        />
      )}
      {advises && <OwnDrafts />}
      <Columns shape="aside">
        <div>
          {inCharge && <Duties me={me} />}
          {advises && <NextActions query={query} more={more} />}
          {!advises && inCharge && <Charges me={me} />}
          {!advises && !inCharge && (
            <Section title="Mes prochaines actions">
              {withheld(me) ? (
                <Empty title="En attente">
                  Vos actions, vos échanges et vos campagnes sont gardés : vous les retrouverez dès que rien ne manquera
                  plus à vos habilitations.
                </Empty>
              ) : (
                <Empty title="Réservé aux conseillers">
                  Les rappels et les rendez-vous sont ceux des personnes qui contactent les employeurs. Le responsable
                  de gestion de comptes (RGC) de votre structure donne ce profil.
                </Empty>
              )}
            </Section>
          )}
        </div>
        <div>
          {holds(me, 'campagnes', 'consultation') && <Campaigns />}
          <ToolsBlock />
        </div>
      </Columns>
    </Page>
  )
}
