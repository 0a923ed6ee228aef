import { Link, Notice, Page, Section } from '../ui/index.ts'

/** Honest on purpose: until an audit is done the law's word is « non conforme ». */
export default function AccessibilityPage() {
  return (
    <Page
      title="Déclaration d’accessibilité"
      width="narrow"
      lead="Accessibilité : non conforme, l’audit n’ayant pas encore été fait."
    >
      <p>
        L’éditeur de ce service s’engage à le rendre accessible, conformément à l’article 47 de la loi n° 2005-102 du 11
        février 2005. Cette déclaration porte sur le service « Campagnes coordonnées ».
      </p>
      <Section title="État de conformité">
        <p>
          Ce service est <strong>non conforme</strong> au référentiel général d’amélioration de l’accessibilité (RGAA),
          version 4.1.2 : aucun audit par un tiers n’a encore été mené. C’est le mot de la loi tant que l’audit manque,
          même si le service a été conçu pour être accessible.
        </p>
      </Section>
      <Section title="Ce qui a été vérifié">
        <ul>
          <li>
            Un contrôle automatique (axe-core) passe sur chaque page et dans chacun de ses états à chaque version :
            aucune anomalie n’est tolérée. Il ne trouve qu’une partie des défauts.
          </li>
          <li>Les parcours sont joués au clavier seul par des tests automatiques.</li>
          <li>Les pages s’adaptent de 320 pixels de large aux grands écrans, sans défilement horizontal de la page.</li>
        </ul>
      </Section>
      <Section title="Ce qui ne l’a pas été">
        <ul>
          <li>L’essai par des personnes employant un lecteur d’écran, une loupe, une commande vocale.</li>
          <li>La conformité de chacun des 106 critères du RGAA.</li>
          <li>Les documents que des utilisateurs pourraient déposer.</li>
        </ul>
      </Section>
      <Section title="Établissement de cette déclaration">
        <p>
          Déclaration établie le 24 novembre 2026. Technologies : HTML, CSS, JavaScript, SVG, ARIA. Composants du
          système de design de l’État (DSFR).
        </p>
      </Section>
      <Section title="Signaler un obstacle">
        <p>
          Si vous ne pouvez pas accéder à un contenu ou à une fonction, écrivez-nous : une solution ou le contenu sous
          une autre forme vous sera proposé.
        </p>
        <Notice>
          Par courriel, avec pour objet « Accessibilité — Campagnes coordonnées », à l’assistance de l’opérateur : la
          page <Link href="/conventions">Conventions</Link> donne son adresse, quand l’opérateur l’y a inscrite. Sinon,
          ou si vous n’avez pas de compte, à la personne du réseau avec qui vous êtes en relation. Dites la page, ce que
          vous vouliez faire, ce qui s’est passé, et l’aide technique utilisée si vous en avez une. Aucun formulaire
          n’est nécessaire. Le correspondant SI de votre structure peut aussi transmettre pour vous.
        </Notice>
      </Section>
      <Section title="Voie de recours">
        <p>
          Si vous avez signalé un défaut qui vous empêche d’accéder au service et que vous n’avez pas obtenu de réponse
          satisfaisante, vous pouvez :
        </p>
        <ul>
          <li>
            écrire au{' '}
            <a
              href="https://formulaire.defenseurdesdroits.fr/"
              target="_blank"
              rel="noopener noreferrer"
              title="Écrire au Défenseur des droits - nouvelle fenêtre"
            >
              Défenseur des droits
            </a>
             ;
          </li>
          <li>
            contacter le{' '}
            <a
              href="https://www.defenseurdesdroits.fr/carte-des-delegues"
              target="_blank"
              rel="noopener noreferrer"
              title="Délégué du Défenseur des droits - nouvelle fenêtre"
            >
              délégué du Défenseur des droits dans votre région
            </a>
             ;
          </li>
          <li>
            envoyer un courrier, sans affranchir : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07.
          </li>
        </ul>
      </Section>
    </Page>
  )
}
