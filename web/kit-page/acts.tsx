import { useState } from 'react'
import { Button, ButtonRow, Link, ProConnectButton, Section, Stepper, Tabs, TagChoice, Toggle } from '../ui/index.ts'

const priorities = ['primary', 'secondary', 'tertiary', 'tertiary no outline'] as const
const nothing = () => undefined

/** What one presses. */
export const Acts = () => {
  const [view, setView] = useState('liste')
  const [tab, setTab] = useState('cibles')
  const [on, setOn] = useState(true)
  return (
    <>
      <Section title="Boutons">
        {(['medium', 'small', 'large'] as const).map(size => (
          <ButtonRow key={size}>
            {priorities.map(priority => (
              <Button key={priority} {...{ size, priority }} onClick={nothing}>
                {`${size}, ${priority}`}
              </Button>
            ))}
          </ButtonRow>
        ))}
        <ButtonRow>
          <Button busy>Occupé…</Button>
          <Button disabled>Indisponible</Button>
          <Button shortcut="n">Avec sa touche</Button>
          <Button icon="fr-icon-download-line">Icône à gauche</Button>
          <Button icon="fr-icon-arrow-right-line" iconPosition="right" priority="secondary">
            Icône à droite
          </Button>
          <Button priority="tertiary" expanded={false}>
            Déplie
          </Button>
          <Button priority="tertiary" pressed>
            Enfoncé
          </Button>
          <Button href="/">Mène ailleurs</Button>
        </ButtonRow>
        <ProConnectButton href="/auth/sign-in" />
        <p>
          <Link href="/">Un lien</Link>
        </p>
      </Section>
      <Section title="Choix à une pression">
        <TagChoice
          label="Vue"
          value={view}
          onChange={setView}
          options={[
            { value: 'liste', label: 'Liste' },
            { value: 'carte', label: 'Carte' },
          ]}
        />
        <Toggle label="Réglage actif" checked={on} onChange={setOn} />
        <Toggle label="Réglage avec une aide" hint="Ce qu’il change" checked={!on} onChange={value => setOn(!value)} />
      </Section>
      <Section title="Onglets et étapes">
        <Tabs
          label="Exemple d’onglets"
          current={tab}
          onChange={setTab}
          tabs={[
            { id: 'cibles', label: 'Cibles', count: 12 },
            { id: 'reglages', label: 'Réglages' },
          ]}
        >
          <p>Le panneau « {tab} ».</p>
        </Tabs>
        <Stepper steps={['La campagne', 'Les établissements', 'L’ouverture']} current={2} />
        <Stepper steps={['La campagne', 'Les établissements', 'L’ouverture']} current={3} />
      </Section>
    </>
  )
}
