import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Jest's own environment with plain globals. As Jest makes it, each `Math`, `Array` or `JSON` of the tests and of what
 * they test asks a proxy, which took a third of the suite's processor. Node has contexts without since 20.18.
 */
export default class PlainContext extends TestEnvironment {
  constructor(...settings) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...settings);
    } finally {
      vm.createContext = createContext;
    }
  }
}
