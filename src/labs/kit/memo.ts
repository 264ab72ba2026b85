import { Component, type ComponentType, type FunctionComponent, h } from 'preact';

/** Draws again only when a prop changed. As in preact/compat, which weighs more than most labs' engines. */
export function memo<Props extends object>(Drawn: FunctionComponent<Props>): ComponentType<Props> {
  return class extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const names = Object.keys({ ...this.props, ...next }) as (keyof Props)[];
      return names.some((name) => this.props[name] !== next[name]);
    }
    override render() {
      return h(Drawn, this.props as Props & preact.Attributes);
    }
  };
}
