// Draws TSX. Every screen follows from the state alone, so a component is a function that keeps nothing, and each drawing
// calls all of them anew. Preact checks the types of the TSX and is not loaded: what it does for components that keep
// something was more than a quarter of all that the sidebar may weigh.

interface Tag {
  readonly type: string | Component;
  readonly props: Props;
}
type Props = Readonly<Record<string, unknown>>;
type Component = (props: Props) => unknown;

/** An element as it was drawn last, with its children by what tells them from one another. */
interface Drawn {
  readonly props: Props;
  readonly children: ReadonlyMap<string, ChildNode>;
}

const drawn = new WeakMap<Element, Drawn>();
const nothing: Drawn = { props: {}, children: new Map() };
const components: Component[] = [];

/**
 * Makes the content of `root` what `node` says. Elements that were there stay, in the place, under the `key` and of the
 * component as before: with them the keyboard, what is typed, and how far is scrolled.
 */
export function render(node: unknown, root: Element): void {
  draw(root, { children: [node] });
}

/** What the build puts in place of a tag of a .tsx file. */
export function h(type: Tag['type'], props: Props | null, ...children: readonly unknown[]): Tag {
  return { type, props: children.length > 0 ? { ...props, children } : { ...props } };
}

export function Fragment({ children }: Props): unknown {
  return children;
}

function draw(element: Element, props: Props): void {
  const before = drawn.get(element) ?? nothing;
  for (const name in { ...before.props, ...props }) {
    if (name.startsWith('on'))
      Object.assign(element, { [name.toLowerCase()]: props[name] ?? null });
    else if (props[name] !== before.props[name]) setAttribute(element, name, props[name]);
  }
  drawn.set(element, {
    props,
    children: drawChildren(element, props['children'], before.children),
  });
  // After the children: a choice can only be made among options that are there.
  for (const name of ['value', 'checked']) setState(element, name, props[name]);
}

function drawChildren(
  element: Element,
  children: unknown,
  before: Drawn['children'],
): Drawn['children'] {
  const wanted = new Map<string, Tag | string>();
  flatten(children, '', wanted);
  // First of all: what stays need not be moved then, which would take the keyboard from it.
  for (const [key, node] of before) if (!wanted.has(key)) node.remove();
  const after = new Map<string, ChildNode>();
  let place = element.firstChild;
  for (const [key, child] of wanted) {
    const node = before.get(key) ?? create(child);
    after.set(key, node);
    if (node === place) place = node.nextSibling;
    else element.insertBefore(node, place);
    if (node instanceof Element) draw(node, (child as Tag).props);
    else if (node.textContent !== child) node.textContent = child as string;
  }
  return after;
}

/** Elements and texts in order; the key of each holds its place, its type, and the components that it comes from. */
function flatten(node: unknown, key: string, wanted: Map<string, Tag | string>): void {
  if (Array.isArray(node)) {
    for (const [at, child] of node.entries()) {
      flatten(child, `${key},${(child as Tag | null)?.props?.['key'] ?? at}`, wanted);
    }
  } else if (isTag(node)) {
    if (typeof node.type === 'string') wanted.set(`${key} ${node.type}`, node);
    else flatten(node.type(node.props), `${key}:${numberOf(node.type)}`, wanted);
  } else if (typeof node === 'string' || typeof node === 'number') wanted.set(key, `${node}`);
}

function isTag(node: unknown): node is Tag {
  return typeof node === 'object' && node !== null;
}

/** By which a component is told from another one in the same place. */
function numberOf(component: Component): number {
  if (!components.includes(component)) components.push(component);
  return components.indexOf(component);
}

function create(child: Tag | string): ChildNode {
  return typeof child === 'string' ? new Text(child) : document.createElement(`${child.type}`);
}

function setAttribute(element: Element, name: string, value: unknown): void {
  if (name === 'children' || name === 'key') return;
  if (value === undefined || value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, `${value}`);
}

/** What the user changes too is compared with what the page has now, not with what was drawn. */
function setState(element: Element, name: string, value: unknown): void {
  if (value !== undefined && Reflect.get(element, name) !== value)
    Reflect.set(element, name, value);
}
